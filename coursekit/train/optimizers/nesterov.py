"""Gradient descent with Nesterov's momentum, which looks ahead.

{"name": "nesterov", "momentum": 0.9}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Nesterov(Optimizer):
    """v <- m v - lr g, then w <- w + m v - lr g; state (v,) from 0, of shape (P,); m is 0.9 by default.

    Keras's convention: w is the point looked ahead to, so the gradient is the one at w; the learning rate is
    inside the velocity. Nesterov, A method of solving a convex programming problem with convergence rate
    O(1/k^2), 1983, https://www.mathnet.ru/eng/dan46009; in this form Sutskever, Martens, Dahl & Hinton, 2013,
    https://proceedings.mlr.press/v28/sutskever13.html.

    >>> Nesterov(momentum=0.5).update(1.0, 2.0, (2.0,), 0.25)
    (0.75, (0.5,))
    """

    momentum: Annotated[float, Range(at_least=0, below=1)] = 0.9

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return a velocity (P,) of 0."""
        return (params * 0,)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Turn the velocity a little towards downhill and move to where it leads next."""
        (velocity,) = state
        step = lr * grad
        velocity = self.momentum * velocity - step
        return params + self.momentum * velocity - step, (velocity,)


PLUGIN = Nesterov
