"""A learning rate that falls along half a cosine: slowly, then fast, then slowly again.

{"name": "cosine", "end_factor": 0, "decay_steps": null}
"""

from dataclasses import dataclass
from math import cos, pi
from typing import Annotated, final

from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule, _decay


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cosine(Schedule):
    """Factor (1 - e) (1 + cos(pi step / decay_steps)) / 2 + e, and e once `decay_steps` are over.

    e, the `end_factor`, is 0 by default; Keras's CosineDecay calls it alpha. By default over the whole run.
    Loshchilov & Hutter, SGDR, 2016, eq. 5, without restarts, https://arxiv.org/abs/1608.03983.

    >>> [round(Cosine().factor(step, 4), 3) for step in range(4)]
    [1.0, 0.854, 0.5, 0.146]
    """

    end_factor: Annotated[float, Range(at_least=0, at_most=1)] = 0.0
    decay_steps: _decay.DecaySteps = None

    def factor(self, step: int, steps: int) -> float:
        """Return the height of the half cosine, above the end."""
        done = min(1, _decay.progress(step, steps, self.decay_steps))
        return (1 - self.end_factor) * 0.5 * (1 + cos(pi * done)) + self.end_factor

    def check(self, steps: int) -> None:
        """Refuse a decay longer than the run."""
        _decay.check(self.decay_steps, steps)


PLUGIN = Cosine
