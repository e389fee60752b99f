"""Logistic regression.

{"name": "logistic"}
"""

from dataclasses import dataclass
from typing import ClassVar, final

from coursekit.train.data import Sizes, Target
from coursekit.train.losses import BINARY_CROSS_ENTROPY, Loss
from coursekit.train.models._dense import Dense


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic(Dense):
    """The logit x W + b with binary cross-entropy, a convex problem; parameters start from 0."""

    target: ClassVar[Target | None] = "yes or no"
    measure: ClassVar[Loss] = BINARY_CROSS_ENTROPY

    def widths(self, sizes: Sizes) -> tuple[int, ...]:
        """Return (features, outputs)."""
        return (sizes.features, sizes.outputs)


PLUGIN = Logistic
