"""A run that keeps where it came by: the parameters before some of its steps, with the batch and the rate of each.

stops = keep(config, problem, every=10)
stops[3].params  # after 30 steps; the run's next step goes against the gradient of the rows in stops[3].batch
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import final

from coursekit.train.arrays import Array
from coursekit.train.backends import Measured, Run, Taken, start
from coursekit.train.batches import Batches
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import follow
from coursekit.train.problem import Problem


@final
@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way of a run, and what the run did next; at its end nothing."""

    step: int  # how many were taken before
    params: Array  # (P,), of the configured dtype
    batch: Array | None = None  # row numbers (batch,), as the run was given them
    rate: float | None = None


def keep(config: TrainingConfig, problem: Problem, every: int) -> Generator[float, None, list[Stop]]:
    """Train on NumPy, yielding the share of the steps that is done; return each `every`-th place, and the end.

    The end of a run that diverged among steps that were taken at once is not kept: its parameters are gone.
    """
    run, last = _Keeping(start(problem, "numpy"), every), 0
    for step in follow(config, problem, run):
        last = step.step
        if last % every == 0:
            yield last / config.steps
    end = [Stop(last, run.params)] if run.done == last else []
    return [stop for stop in run.stops if stop.step < last] + end


@final
class _Keeping(Run):
    """Another run, whose steps are taken from one place that is kept to the next."""

    def __init__(self, run: Run, every: int) -> None:
        self._run = run
        self._every = every
        self.done = 0
        self.stops: list[Stop] = []

    def advance(self, batches: Batches, rates: Sequence[float]) -> Taken:
        """Take the steps, keeping what is due."""
        losses: list[float] = []
        norms: list[float] = []
        while len(losses) < len(rates):
            first = len(losses)
            if self.done % self._every == 0:
                batch = _cut(batches, first, first + 1).rows
                self.stops.append(Stop(self.done, self._run.params, batch, rates[first]))
            stop = min(first + self._every - self.done % self._every, len(rates))
            taken = self._run.advance(_cut(batches, first, stop), rates[first:stop])
            losses += taken.losses
            norms += taken.norms
            self.done += stop - first
        return Taken(losses, norms)

    def measure(self) -> Measured:
        """Measure the present parameters."""
        return self._run.measure()

    @property
    def params(self) -> Array:
        """The present parameters (P,)."""
        return self._run.params


def _cut(batches: Batches, first: int, stop: int) -> Batches:
    """Return some of the batches, by their numbers."""
    begin = batches.ends[first - 1] if first else 0
    return Batches(batches.rows[begin : batches.ends[stop - 1]], tuple(end - begin for end in batches.ends[first:stop]))
