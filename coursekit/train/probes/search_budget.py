"""Settings searched on a budget of runs, on a grid or at random: how often a good one is among them.

{"name": "search-budget", "search": "grid", "hyper_parameters": 3, "matter": 1, "good_share": 0.1, "runs": 27}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

_RUNS_AT_MOST = 1000
_ROWS = 7  # of the table, up to 7 values of each hyper-parameter
_REPEATS = 2000


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBudget(Probe):
    """Search hyper-parameters of which only some matter; nothing is trained.

    Each hyper-parameter goes over a range of length 1. Each that matters has a good stretch of length `good_share`,
    somewhere; a setting is good when it lies in all of these. A grid tries the middles of equal parts, as many of each
    hyper-parameter as the runs allow; a random search draws each run on its own. `found_share` is the share of 2,000
    problems in which some run was good, `values_tried` how many values of one hyper-parameter the search has tried.

    Bergstra & Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012, figure 1.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("runs", "values_tried", "found_share")
    trials_at_most: ClassVar[int] = _ROWS + 1
    curve: ClassVar[tuple[str, str] | None] = ("runs", "random")

    search: Literal["grid", "random"] = "grid"
    hyper_parameters: Annotated[int, Range(at_least=1, at_most=3)] = 3
    matter: Annotated[int, Range(at_least=1, at_most=3)] = 1  # those beyond the hyper-parameters do not count
    good_share: Annotated[float, Range(at_least=0.02, at_most=0.5)] = 0.1
    runs: Annotated[int, Range(at_least=1, at_most=_RUNS_AT_MOST)] = 27

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure both searches on some budgets, and on the one that is set."""
        starts, first_hits = self._problems(seed)
        found = 0.0
        for runs in sorted({*(count**self.hyper_parameters for count in range(1, _ROWS + 1)), self.runs}):
            row = {"grid": self._grid(starts, runs), "random": float((first_hits < runs).mean())}
            yield {"runs": runs, "grid_values": self._values_of_each(runs), **row}
            found = row[self.search] if runs == self.runs else found
        tried = self.runs if self.search == "random" else self._values_of_each(self.runs)
        return {"runs": self.runs, "values_tried": tried, "found_share": found}

    def _problems(self, seed: int) -> tuple["Array", "Array"]:
        """Draw where the good stretches begin, (problems, matter), and which random run is the first good one."""
        import numpy as np

        from coursekit.train.streams import Stream

        stream, matter = Stream(seed, "data"), min(self.matter, self.hyper_parameters)
        starts = stream.uniform((_REPEATS, matter)) * (1 - self.good_share)
        good = np.ones((_REPEATS, _RUNS_AT_MOST), bool)
        for start in starts.T[:, :, None]:
            drawn = stream.uniform(good.shape)
            good &= (start <= drawn) & (drawn < start + self.good_share)
        return starts, np.where(good.any(axis=1), good.argmax(axis=1), _RUNS_AT_MOST)

    def _grid(self, starts: "Array", runs: int) -> float:
        """Return the share of problems in which a grid of at most so many runs has a good setting."""
        import numpy as np

        count = self._values_of_each(runs)
        middles = (np.arange(count) + 0.5) / count
        inside = (starts[..., None] <= middles) & (middles < starts[..., None] + self.good_share)
        return float(inside.any(axis=2).all(axis=1).mean())

    def _values_of_each(self, runs: int) -> int:
        """Return how many values of each hyper-parameter fit a full grid."""
        return max(count for count in range(1, runs + 1) if count**self.hyper_parameters <= runs)


PLUGIN = SearchBudget
