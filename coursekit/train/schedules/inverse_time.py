"""A learning rate that falls as one over time: fast at first, then ever more slowly.

{"name": "inverse-time", "decay_rate": 9, "decay_steps": null}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule, _decay


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class InverseTime(Schedule):
    """Factor 1 / (1 + decay_rate step / decay_steps), also after `decay_steps`; by default a tenth over the run.

    Its sum has no bound and the sum of its squares has one, as stochastic approximation wants it: Robbins &
    Monro, 1951, https://doi.org/10.1214/aoms/1177729586. Keras's InverseTimeDecay, without its staircase:
    https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/.

    >>> [InverseTime(decay_rate=1.0, decay_steps=1).factor(step, 4) for step in (0, 1, 3)]
    [1.0, 0.5, 0.25]
    """

    decay_rate: Annotated[float, Range(at_least=0)] = 9.0
    decay_steps: _decay.DecaySteps = None

    def factor(self, step: int, steps: int) -> float:
        """Return one over the time passed, in units in which it begins at 1."""
        return 1 / (1 + self.decay_rate * _decay.progress(step, steps, self.decay_steps))

    def check(self, steps: int) -> None:
        """Refuse a decay longer than the run."""
        _decay.check(self.decay_steps, steps)


PLUGIN = InverseTime
