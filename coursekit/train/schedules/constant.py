"""The same learning rate from the first step to the last.

{"name": "constant"}
"""

from dataclasses import dataclass
from typing import final

from coursekit.train.schedules import Schedule


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Schedule):
    """Factor 1 at every step: what Keras does with a number as the learning rate.

    >>> Constant().factor(299, 300)
    1.0
    """

    def factor(self, step: int, steps: int) -> float:  # noqa: ARG002 - it is the same for all
        """Return 1."""
        return 1.0


PLUGIN = Constant
