"""A learning rate that drops at a few given steps and is constant between them.

{"name": "step", "boundaries": [150, 225], "drop": 0.1}
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule

Boundary = Annotated[int, Range(at_least=0)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class StepDecay(Schedule):
    """Factor drop^k, where k is how many of the boundaries lie before the step; drop is 0.1 by default.

    Keras's convention (PiecewiseConstantDecay): the step at a boundary still has the rate from before. As steps
    count from 0, that is one step more than the boundary's number.
    He et al., Deep Residual Learning, 2015, section 3.4, https://arxiv.org/abs/1512.03385.

    >>> [StepDecay(boundaries=(1, 3), drop=0.5).factor(step, 6) for step in range(6)]
    [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]
    """

    boundaries: Annotated[tuple[Boundary, ...], Range(at_least=1, at_most=1000)]  # each above the one before
    drop: Annotated[float, Range(above=0, below=1)] = 0.1

    def __post_init__(self) -> None:
        for before, after in pairwise(self.boundaries):
            if before >= after:
                raise ValueError(f"boundaries must rise from each to the next; {after} comes after {before}.")

    def factor(self, step: int, steps: int) -> float:  # noqa: ARG002 - boundaries are numbers of steps
        """Return the drop to the power of the boundaries passed."""
        return self.drop ** sum(step > boundary for boundary in self.boundaries)

    def check(self, steps: int) -> None:
        """Refuse a boundary after which no step of the run is left."""
        last = self.boundaries[-1]
        if last >= steps - 1:
            raise ValueError(f"boundaries must be below {steps - 1}, the last step counted from 0; one is {last}.")


PLUGIN = StepDecay
