"""A learning rate that falls by the same ratio from each step to the next.

{"name": "exponential", "decay_rate": 0.1, "decay_steps": null}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule, _decay


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Exponential(Schedule):
    """Factor decay_rate^(step / decay_steps), also after `decay_steps`; by default a tenth over the whole run.

    Keras's ExponentialDecay, without its staircase:
    https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/.

    >>> [Exponential(decay_rate=0.25, decay_steps=2).factor(step, 4) for step in range(4)]
    [1.0, 0.5, 0.25, 0.125]
    """

    decay_rate: Annotated[float, Range(above=0, at_most=1)] = 0.1
    decay_steps: _decay.DecaySteps = None

    def factor(self, step: int, steps: int) -> float:
        """Return the power of the rate for the part of the decay that is over."""
        return self.decay_rate ** _decay.progress(step, steps, self.decay_steps)

    def check(self, steps: int) -> None:
        """Refuse a decay longer than the run."""
        _decay.check(self.decay_steps, steps)


PLUGIN = Exponential
