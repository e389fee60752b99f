"""Linear regression.

{"name": "linear"}
"""

from dataclasses import dataclass
from typing import ClassVar, final

from coursekit.train.data import Sizes, Target
from coursekit.train.losses import SQUARED_ERROR, Loss
from coursekit.train.models._dense import Dense


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Linear(Dense):
    """Predictions x W + b with the mean squared error; parameters start from 0."""

    target: ClassVar[Target | None] = "numbers"
    measure: ClassVar[Loss] = SQUARED_ERROR

    def widths(self, sizes: Sizes) -> tuple[int, ...]:
        """Return (features, outputs)."""
        return (sizes.features, sizes.outputs)


PLUGIN = Linear
