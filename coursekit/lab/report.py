"""What a run came to: its outcome, its goals, its points."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, final

from coursekit.lab.child import Child, Running
from coursekit.lab.definition import Lab
from coursekit.lab.goals import Goal, GoalResult
from coursekit.lab.point import Point, read_point
from coursekit.train.config import TrainingConfig


@final
@dataclass(frozen=True, slots=True)
class Started:
    """The run has begun: the whole configuration, and on what it is made (versions, kernel, the data's hash)."""

    config: Mapping[str, Any]  # Any: JSON
    provenance: Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class LabReport:
    """The judgement on one run: `outcome` is finished, diverged or stopped."""

    outcome: str
    goals: tuple[GoalResult, ...]
    points: tuple[Point, ...]

    @property
    def earned(self) -> float:
        """Points earned."""
        return sum(result.earned for result in self.goals)

    @property
    def out_of(self) -> float:
        """Points that could be earned."""
        return sum(result.goal.points for result in self.goals)

    @property
    def is_passed(self) -> bool:
        """Say whether every goal was met."""
        return all(result.met for result in self.goals)


def judge(goals: tuple[Goal, ...], points: Sequence[Point], outcome: str) -> LabReport:
    """Hold a run against the goals; one that was stopped or diverged meets none of them.

    A bound on cost counts only when everything that was to be reached is: doing little is no merit by itself.
    """
    results = tuple(goal.result(points) for goal in goals)
    if outcome != "finished":
        results = tuple(_refused(result, f"the run {outcome}") for result in results)
    elif not all(result.met for result in results if not result.goal.is_cost):
        why_not = "counts once the other goals are met"
        results = tuple(_refused(result, why_not) if result.goal.is_cost else result for result in results)
    return LabReport(outcome, results, tuple(points))


def _refused(result: GoalResult, why_not: str) -> GoalResult:
    return replace(result, met=False, why_not=why_not if result.met else "")


def run_lab(
    lab: Lab, config: TrainingConfig, log: Path | None = None, *, pace: float | None = None
) -> Iterator[Started | Point | LabReport]:
    """Run in a child process and yield its start, its steps, and the report. Raises WorkerError."""
    with Child(config, log, pace=pace) as child:
        yield from follow(lab.goals, child)


def follow(goals: tuple[Goal, ...], child: Running) -> Iterator[Started | Point | LabReport]:
    """Yield what a run reports, and the judgement at its end. Raises WorkerError."""
    points: list[Point] = []
    for record in child.records():
        match record["type"]:
            case "start":
                made_on = {name: value for name, value in record.items() if name not in ("type", "config")}
                yield Started(record["config"], made_on)
            case "step":
                points.append(read_point(record))
                yield points[-1]
            case _:
                yield judge(goals, points, record["outcome"])
