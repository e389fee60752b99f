"""A learning rate that falls along a power of the time left; along a straight line, unless told otherwise.

{"name": "polynomial", "power": 1, "end_factor": 0, "decay_steps": null}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule, _decay


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Polynomial(Schedule):
    """Factor (1 - e) (1 - step / decay_steps)^power + e, and e, the `end_factor`, once `decay_steps` are over.

    By default power = 1, e = 0, over the whole run. Keras's PolynomialDecay, without its cycle, whose
    end_learning_rate is e times the initial one:
    https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/.

    >>> [Polynomial(end_factor=0.5, decay_steps=2).factor(step, 4) for step in range(4)]
    [1.0, 0.75, 0.5, 0.5]
    """

    power: Annotated[float, Range(above=0)] = 1.0
    end_factor: Annotated[float, Range(at_least=0, at_most=1)] = 0.0
    decay_steps: _decay.DecaySteps = None

    def factor(self, step: int, steps: int) -> float:
        """Return the power of the part of the decay that is left, above the end."""
        left = 1 - min(1, _decay.progress(step, steps, self.decay_steps))
        return (1 - self.end_factor) * left**self.power + self.end_factor

    def check(self, steps: int) -> None:
        """Refuse a decay longer than the run."""
        _decay.check(self.decay_steps, steps)


PLUGIN = Polynomial
