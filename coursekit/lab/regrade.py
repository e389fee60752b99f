"""A recorded grade, made again anywhere: the same configuration with the same seeds, held to what the record says.

record = read_grade(line, "grade.json")     # what `coursekit lab grade --json` printed
report = regrade(record, log)
report.agrees, report.reasons
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median_low
from typing import Any, final

from coursekit.errors import ConfigError, ContentError
from coursekit.lab.differing import bound_of, relative_difference
from coursekit.lab.goals import METRICS, Goal, known_goal
from coursekit.lab.grade import SeedResult, grade, in_order
from coursekit.train.jobs import Job, read_job
from coursekit.train.probing import ProbeConfig


@final
@dataclass(frozen=True, slots=True)
class SeedRecord:
    """What a record says of one seed: its outcome, the value of each goal (None: no number), and its points."""

    seed: int
    outcome: str
    values: tuple[float | None, ...]
    points: float


@final
@dataclass(frozen=True, slots=True)
class GradeRecord:
    """A grade as it was printed."""

    config: Job
    goals: tuple[Goal, ...]
    seeds: tuple[SeedRecord, ...]
    points: float
    naming: float
    """Of these, what naming a fault earned: that is not made again."""
    made_on: Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class RegradeReport:
    """What came out again; `largest` is the largest difference of a value, `bound` what is allowed."""

    points: float
    largest: float
    bound: float
    reasons: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Say whether the grade came out again."""
        return not self.reasons


def read_grade(line: str | bytes, path: str) -> GradeRecord:
    """Read a grade's JSON line. Raises ContentError."""
    try:
        found = json.loads(line)
        config = read_job(found["config"])
        goals = tuple(known_goal(goal, _metrics(config)) for goal in found["goals"])
        seeds = tuple(_seed(each, len(goals)) for each in found["seeds"])
        points = float(found["score"]["points"])
        naming = float(found["naming"]["points"]) if found.get("naming") else 0.0
    except ConfigError as error:
        raise ContentError(path, 1, str(error)) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = "This is no record of a grade. 'coursekit lab grade NAME --json' prints one."
        raise ContentError(path, 1, message) from error
    if not goals or not seeds:
        raise ContentError(path, 1, "A grade has goals and seeds; here is none. Grade the lab again.")
    known = ("type", "lab", "config", "goals", "seeds", "score", "naming")
    return GradeRecord(config, goals, seeds, points, naming, {name: found[name] for name in found if name not in known})


def regrade(record: GradeRecord, log: Path | None) -> RegradeReport:
    """Grade again with the same seeds and compare. Raises WorkerError."""
    seeds = [each.seed for each in record.seeds]
    results = in_order(seeds, grade(record.goals, record.config, seeds, log))
    bound = _bound(record.config)
    pairs = list(zip(record.seeds, results, strict=True))
    largest = max(_difference(*values) for pair in pairs for values in _values(*pair))
    points = median_low(result.earned for result in results) + record.naming
    reasons = [reason for pair in pairs for reason in _reasons(*pair, bound)]
    if points != record.points:
        reasons.append(f"the record's score is {record.points:g}, this one is {points:g}")
    return RegradeReport(points, largest, bound, tuple(reasons))


def _reasons(then: SeedRecord, now: SeedResult, bound: float) -> Iterator[str]:
    if then.outcome != now.outcome:
        yield f"with seed {then.seed} the record's run {then.outcome}, this one {now.outcome}"
    elif any(_difference(*values) > bound for values in _values(then, now)):
        yield f"with seed {then.seed} a value differs by more than {bound:g}"
    if then.points != now.earned:
        yield f"with seed {then.seed} the record has {then.points:g} points, this run {now.earned:g}"


def _values(then: SeedRecord, now: SeedResult) -> Iterator[tuple[float | None, float | None]]:
    for value, goal in zip(then.values, now.goals, strict=True):
        yield value, goal.value if abs(goal.value) < inf else None


def _difference(then: float | None, now: float | None) -> float:
    return relative_difference(then, now, floor=1e-12)


def _metrics(config: Job) -> Sequence[str]:
    return config.probe.values if isinstance(config, ProbeConfig) else tuple(METRICS)


def _bound(config: Job) -> float:
    """Say how far a value may be from the record's: what is measured of a library may hang on its last digits."""
    return config.probe.bound if isinstance(config, ProbeConfig) else bound_of(config).relative


def _seed(entry: Any, goals: int) -> SeedRecord:
    values = tuple(None if goal["value"] is None else float(goal["value"]) for goal in entry["goals"])
    if len(values) != goals or isinstance(entry["seed"], bool) or not isinstance(entry["seed"], int):
        raise ValueError(entry["seed"])
    return SeedRecord(entry["seed"], str(entry["outcome"]), values, float(entry["points"]))
