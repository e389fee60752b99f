"""RMSprop: each gradient divided by the root of its recent mean square.

{"name": "rmsprop", "rho": 0.9, "momentum": 0, "epsilon": 1e-7, "centered": false}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rmsprop(Optimizer):
    """s <- rho s + (1 - rho) g^2, then w <- w - lr g / sqrt(s + eps); state (s,) from 0, of shape (P,).

    With momentum m > 0 the state is (s, v): v <- m v + lr g / sqrt(s + eps), then w <- w - v. Centered, it ends
    with a mean gradient, a <- rho a + (1 - rho) g, and the root is of the variance: sqrt(s - a^2 + eps).
    By default rho = 0.9, m = 0, not centered. Keras's convention: eps = 1e-7 is inside the root, the learning
    rate inside v.
    Tieleman & Hinton, Lecture 6.5, 2012, http://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf;
    centered: Graves, Generating Sequences With Recurrent Neural Networks, 2013, https://arxiv.org/abs/1308.0850.

    >>> Rmsprop(rho=0.75, epsilon=0.0).update(1.0, 4.0, (16.0,), 0.5)
    (0.5, (16.0,))
    """

    rho: Annotated[float, Range(at_least=0, below=1)] = 0.9
    momentum: Annotated[float, Range(at_least=0, below=1)] = 0.0
    epsilon: Annotated[float, Range(above=0)] = 1e-7
    centered: bool = False

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return the mean square (P,) and what the options add to it, all 0."""
        return tuple(params * 0 for _ in range(1 + (self.momentum > 0) + self.centered))

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Renew the means and step by the gradient in units of its own size."""
        means, spread = self._means(grad, state)
        step = lr * grad / (spread + self.epsilon) ** 0.5
        if self.momentum > 0:
            step = self.momentum * state[1] + step
            return params - step, (means[0], step, *means[1:])
        return params - step, means

    def _means(self, grad: Array, state: tuple[Array, ...]) -> tuple[tuple[Array, ...], Array]:
        """Return the new means and what the root is taken of."""
        square = self.rho * state[0] + (1 - self.rho) * grad**2
        if not self.centered:
            return (square,), square
        mean = self.rho * state[-1] + (1 - self.rho) * grad
        # Where gradients hardly change, rounding can leave a variance a hair below 0, which has no root.
        return (square, mean), abs(square - mean**2)


PLUGIN = Rmsprop
