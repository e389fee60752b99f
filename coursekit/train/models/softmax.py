"""Softmax regression: one dense layer that tells classes apart.

{"name": "softmax"}
"""

from dataclasses import dataclass
from typing import ClassVar, final

from coursekit.train.data import Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY, Loss
from coursekit.train.models._dense import Dense


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax(Dense):
    """Logits x W + b with cross-entropy, a convex problem; parameters start from 0."""

    target: ClassVar[Target | None] = "classes"
    measure: ClassVar[Loss] = CROSS_ENTROPY

    def widths(self, sizes: Sizes) -> tuple[int, ...]:
        """Return (features, outputs)."""
        return (sizes.features, sizes.outputs)


PLUGIN = Softmax
