"""Gradient descent with momentum, the heavy ball.

{"name": "momentum", "momentum": 0.9}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Momentum(Optimizer):
    """v <- m v - lr g, then w <- w + v; state (v,) from 0, of shape (P,); m is 0.9 by default.

    Keras's convention: the learning rate is inside the velocity, so a new rate acts on new gradients only.
    Polyak, Some methods of speeding up the convergence of iteration methods, 1964,
    https://doi.org/10.1016/0041-5553(64)90137-5.

    >>> Momentum(momentum=0.5).update(1.0, 2.0, (0.4,), 0.1)
    (1.0, (0.0,))
    """

    momentum: Annotated[float, Range(at_least=0, below=1)] = 0.9

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return a velocity (P,) of 0."""
        return (params * 0,)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Turn the velocity a little towards downhill and move by it."""
        (velocity,) = state
        velocity = self.momentum * velocity - lr * grad
        return params + velocity, (velocity,)


PLUGIN = Momentum
