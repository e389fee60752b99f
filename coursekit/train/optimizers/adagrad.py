"""AdaGrad: a learning rate for each parameter, smaller the more gradient it has seen.

{"name": "adagrad", "initial_accumulator": 0.1, "epsilon": 1e-7}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Adagrad(Optimizer):
    """G <- G + g^2, then w <- w - lr g / sqrt(G + eps); state (G,) of shape (P,).

    Keras's convention: G starts from 0.1 and eps = 1e-7 is inside the root. From 0 instead, the first step
    would be lr in every parameter, however small its gradient.
    Duchi, Hazan & Singer, Adaptive Subgradient Methods, 2011, https://jmlr.org/papers/v12/duchi11a.html.

    >>> Adagrad(initial_accumulator=0.0, epsilon=0.0).update(1.0, 4.0, (9.0,), 0.5)
    (0.6, (25.0,))
    """

    initial_accumulator: Annotated[float, Range(at_least=0)] = 0.1
    epsilon: Annotated[float, Range(above=0)] = 1e-7

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return the accumulator (P,), the same everywhere."""
        return (params * 0 + self.initial_accumulator,)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Add the squared gradient to the accumulator and step by what the sum leaves of the rate."""
        (accumulator,) = state
        accumulator = accumulator + grad**2
        return params - lr * grad / (accumulator + self.epsilon) ** 0.5, (accumulator,)


PLUGIN = Adagrad
