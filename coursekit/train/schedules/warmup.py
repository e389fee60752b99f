"""A learning rate that rises from 0 along a straight line, then follows another schedule.

{"name": "warmup", "warmup_steps": 30, "then": "cosine"}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Warmup(Schedule):
    """Factor step / warmup_steps, then that of `then` for a run which begins where the warm-up ends.

    Keras's convention (CosineDecay with a warmup_target, from an initial rate of 0): the rate of the first step
    is 0, that of step `warmup_steps` is whole.
    Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2, https://arxiv.org/abs/1706.02677.

    >>> from coursekit.train.schedules.polynomial import Polynomial
    >>> [Warmup(warmup_steps=4, then=Polynomial()).factor(step, 8) for step in range(8)]
    [0.0, 0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25]
    """

    warmup_steps: Annotated[int, Range(at_least=0)]
    then: Schedule

    def factor(self, step: int, steps: int) -> float:
        """Return the part of the warm-up that is over, or what the other schedule says after it."""
        if step < self.warmup_steps:
            return step / self.warmup_steps
        return self.then.factor(step - self.warmup_steps, steps - self.warmup_steps)

    def check(self, steps: int) -> None:
        """Refuse a warm-up that leaves no step, and what does not fit the steps that it leaves."""
        if self.warmup_steps >= steps:
            raise ValueError(f"warmup_steps must be below {steps}, the steps of the run; it is {self.warmup_steps}.")
        try:
            self.then.check(steps - self.warmup_steps)
        except ValueError as error:
            raise ValueError(f"then.{error} Its run begins after the warm-up.") from error


PLUGIN = Warmup
