"""Stochastic gradient descent.

{"name": "sgd"}
"""

from dataclasses import dataclass
from typing import final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sgd(Optimizer):
    """w <- w - lr g, without state.

    Robbins & Monro, A Stochastic Approximation Method, 1951, https://doi.org/10.1214/aoms/1177729586.

    >>> Sgd().update(1.0, 2.0, (), 0.1)
    (0.8, ())
    """

    def init(self, params: Array) -> tuple[Array, ...]:  # noqa: ARG002 - it remembers nothing
        """Return no state."""
        return ()

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Step down the gradient (P,)."""
        return params - lr * grad, state


PLUGIN = Sgd
