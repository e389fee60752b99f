"""What a run came to: its outcome, its goals, its points."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any, TypeAlias, final

from coursekit.errors import WorkerError
from coursekit.lab.child import Child, Running
from coursekit.lab.definition import Lab
from coursekit.lab.goals import Goal, GoalResult
from coursekit.lab.point import Point, read_point
from coursekit.train.jobs import Job, read_job


@final
@dataclass(frozen=True, slots=True)
class Started:
    """The run has begun: the whole configuration, and on what it is made (versions, kernel, the data's hash)."""

    config: Mapping[str, Any]  # Any: JSON
    provenance: Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class Trial:
    """One trial of a measurement, counted from 1: a row of its table, by column."""

    number: int
    cells: Mapping[str, float | int | str | None]


@final
@dataclass(frozen=True, slots=True)
class LabReport:
    """The judgement on one run: `outcome` is finished, diverged or stopped.

    A training run has points, a measurement has trials.
    """

    outcome: str
    goals: tuple[GoalResult, ...]
    points: tuple[Point, ...]
    trials: tuple[Trial, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict[str, float])
    """What a measurement came to."""

    @property
    def steps(self) -> int:
        """How many steps were taken, or trials made."""
        return self.points[-1].step if self.points else len(self.trials)

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


News: TypeAlias = Started | Point | Trial | LabReport


def judge(goals: tuple[Goal, ...], points: Sequence[Point], outcome: str) -> LabReport:
    """Hold a run against the goals; one that was stopped meets none, one that diverged only goals that ask for it.

    A bound on cost counts only when everything that was to be reached is: doing little is no merit by itself.
    """
    may_diverge = any(goal.wants_divergence for goal in goals)
    results = tuple(goal.result(points, may_diverge=may_diverge) for goal in goals)
    return LabReport(outcome, _fairly(results, outcome), tuple(points))


def judge_trials(
    goals: tuple[Goal, ...], trials: Sequence[Trial], values: Mapping[str, float | None], outcome: str
) -> LabReport:
    """Hold the values of a measurement against the goals, in the same way; None is not a number."""
    found = {name: value for name, value in values.items() if value is not None}
    results = tuple(goal.judged(found.get(goal.metric, nan)) for goal in goals)
    return LabReport(outcome, _fairly(results, outcome), (), tuple(trials), found)


def _fairly(results: tuple[GoalResult, ...], outcome: str) -> tuple[GoalResult, ...]:
    is_wanted = outcome == "finished" or (outcome == "diverged" and any(r.goal.wants_divergence for r in results))
    if not is_wanted:
        return tuple(_refused(result, f"the run {outcome}") for result in results)
    if all(result.met for result in results if not result.goal.is_cost):
        return results
    why_not = "counts once the other goals are met"
    return tuple(_refused(result, why_not) if result.goal.is_cost else result for result in results)


def _refused(result: GoalResult, why_not: str) -> GoalResult:
    return replace(result, met=False, why_not=why_not if result.met else "")


def run_lab(lab: Lab, config: Job, log: Path | None = None) -> Iterator[News]:
    """Run in a child process and yield its start, its steps, and the report. Raises WorkerError."""

    def run(rival: Job) -> Child:
        return Child(rival, log)

    goals = settled(lab.goals, config, run)
    with run(config) as child:
        yield from follow(goals, child)


def last_report(lab: Lab, config: Job, log: Path | None = None) -> LabReport:
    """Run in a child process and return the report alone. Raises WorkerError."""
    *_, report = run_lab(lab, config, log)
    if not isinstance(report, LabReport):
        raise WorkerError(f"{lab.path}: the run gave no report. Run it again.")
    return report


def settled(goals: tuple[Goal, ...], config: Job, begin: Callable[[Job], Running]) -> tuple[Goal, ...]:
    """Give each goal that is to stay below another run its bound, by making that run as `config` is made.

    That is with its seed, backend and type of numbers. Raises WorkerError.
    """
    return tuple(_settled(goal, config, begin) if goal.rival else goal for goal in goals)


def _settled(goal: Goal, config: Job, begin: Callable[[Job], Running]) -> Goal:
    if not goal.rival:
        return goal
    whole = config.to_json()
    alike = {name: whole[name] for name in ("seed", "backend", "dtype") if name in whole}
    with begin(read_job({**goal.rival.config, **alike})) as running:
        *_, report = follow((replace(goal, rival=None, bound=inf),), running)
    reached = report.goals[0].value if isinstance(report, LabReport) else nan
    return replace(goal, bound=reached if isfinite(reached) else inf)  # whatever is a number beats what is none


def follow(goals: tuple[Goal, ...], child: Running) -> Iterator[News]:
    """Yield what a run reports, and the judgement at its end. Raises WorkerError."""
    points: list[Point] = []
    trials: list[Trial] = []
    values: Mapping[str, float | None] = {}
    for record in child.records():
        match record["type"]:
            case "start":
                made_on = {name: value for name, value in record.items() if name not in ("type", "config")}
                yield Started(record["config"], made_on)
            case "step":
                points.append(read_point(record))
                yield points[-1]
            case "trial":
                trials.append(Trial(record["step"], record["cells"]))
                yield trials[-1]
            case "values":
                values = record["values"]
            case _ if trials or values:
                yield judge_trials(goals, trials, values, record["outcome"])
            case _:
                yield judge(goals, points, record["outcome"])
