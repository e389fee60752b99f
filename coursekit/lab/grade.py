"""A lab's grade: the same settings with several seeds, each run the grader's own, and the median of their scores.

    seen = list(grade(lab.goals, graded_config(lab, settings), draw_seeds(0, Random()), log))
    Grade(config, in_order(seeds, seen)).points

A goal met on one lucky seed is no goal. The learner's run, on whatever backend it was watched, counts for nothing here:
all runs are NumPy's in float64, and what measures TensorFlow itself is measured again. They share a few processes,
since one costs more to start than most runs do.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random
from statistics import median_low
from typing import Any, Self, final

from coursekit.errors import WorkerError
from coursekit.lab.definition import Lab
from coursekit.lab.faults import Naming
from coursekit.lab.goals import Goal, GoalResult
from coursekit.lab.knobs import KnobValue
from coursekit.lab.report import LabReport, Started, follow, settled
from coursekit.lab.warm import Warm
from coursekit.train.jobs import Job, graded_job, with_seed

SEEDS = 5
_LARGEST_SEED = 1_000_000


@final
@dataclass(frozen=True, slots=True)
class SeedResult:
    """What one seed came to, and on what it was made."""

    seed: int
    outcome: str
    goals: tuple[GoalResult, ...]
    provenance: Mapping[str, Any]

    @property
    def earned(self) -> float:
        """Points earned."""
        return sum(result.earned for result in self.goals)

    @property
    def is_passed(self) -> bool:
        """Say whether every goal was met."""
        return all(result.met for result in self.goals)


@final
@dataclass(frozen=True, slots=True)
class Grade:
    """The results by seed, the shown one first."""

    config: Job
    results: tuple[SeedResult, ...]
    naming: Naming | None = None

    @property
    def points(self) -> float:
        """The median of what the seeds earned, the lower of two in the middle; and what naming the fault did."""
        return median_low(result.earned for result in self.results) + (self.naming.points if self.naming else 0)

    @property
    def out_of(self) -> float:
        """Points that could be earned."""
        goals = sum(result.goal.points for result in self.results[0].goals)
        return goals + (self.naming.out_of if self.naming else 0)

    @property
    def passes(self) -> int:
        """How many seeds met every goal."""
        return sum(result.is_passed for result in self.results)


def draw_seeds(shown: int, chance: Random, count: int = SEEDS) -> tuple[int, ...]:
    """Return the seed that the learner saw, and others that nobody could tune to."""
    others = chance.sample(range(_LARGEST_SEED), count)
    return (shown, *[seed for seed in others if seed != shown][: count - 1])


def in_order(seeds: Sequence[int], results: Iterable[SeedResult]) -> tuple[SeedResult, ...]:
    """Put results in the order of the seeds, the shown one first."""
    return tuple(sorted(results, key=lambda result: seeds.index(result.seed)))


def graded_config(lab: Lab, settings: Mapping[str, KnobValue | str], seed: int = 0) -> Job:
    """Return what is graded: a run on NumPy in float64, whatever was watched, or a measurement made again.

    Raises UsageError, ConfigError.
    """
    return graded_job(lab.configure(settings, seed=seed))


def grade(goals: tuple[Goal, ...], config: Job, seeds: Sequence[int], log: Path | None) -> Iterator[SeedResult]:
    """Run the configuration with each seed and yield what it came to, as the runs end. Raises WorkerError."""
    with Grader(goals, config, seeds, log) as grader:
        yield from grader.results()


@final
class Grader:
    """The runs of one grade, in as many processes as there are processors. `close` ends those that go on, at once."""

    def __init__(self, goals: tuple[Goal, ...], config: Job, seeds: Sequence[int], log: Path | None) -> None:
        self._goals = goals
        self._configs = [with_seed(config, seed) for seed in seeds]
        at_once = 1 if config.backend == "tensorflow" else os.cpu_count() or 1  # it takes 4 s and 0.5 GB to start
        self._many = min(len(self._configs), at_once)
        self._workers = [Warm(log) for _ in range(self._many)]
        self._free: SimpleQueue[Warm] = SimpleQueue()

    def __enter__(self) -> Self:
        for worker in self._workers:
            self._free.put(worker.__enter__())
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def results(self) -> Iterator[SeedResult]:
        """Yield a result as each run ends. Raises WorkerError, also when the grade is closed meanwhile."""
        pool = ThreadPoolExecutor(self._many)
        try:
            for done in as_completed([pool.submit(self._run, config) for config in self._configs]):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.close()

    def _run(self, config: Job) -> SeedResult:
        worker = self._free.get()
        try:
            made_on: Mapping[str, Any] = {}
            goals = settled(self._goals, config, worker.run)
            with worker.run(config) as running:
                for record in follow(goals, running):
                    if isinstance(record, Started):
                        made_on = record.provenance
                    elif isinstance(record, LabReport):
                        return SeedResult(config.seed, record.outcome, record.goals, made_on)
        finally:
            self._free.put(worker)
        raise WorkerError(f"The run with seed {config.seed} gave no report. Grade it again.")
