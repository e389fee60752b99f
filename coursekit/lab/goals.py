"""Goals: what a run must reach, and what that is worth.

- {metric: validation_loss, at_most: 0.20, points: 3}
- {metric: examples, at_most: 20000, points: 1}
- {metric: validation_loss, lower_than: A, points: 2}      below what the lab's run A comes to with the same seed
- {diverges: true}                                         the run must not stay below twice its first loss
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from types import MappingProxyType
from typing import Any, final

from coursekit.errors import ContentError, suggest
from coursekit.fields import Fields
from coursekit.grading.number import format_number
from coursekit.lab.point import Point
from coursekit.train.steps import behaviour


def _validation_loss(points: Sequence[Point]) -> float:
    return next((p.validation_loss for p in reversed(points) if p.validation_loss is not None), nan)


def _training_loss(points: Sequence[Point]) -> float:
    last = points[-10:]
    return sum(p.loss for p in last) / len(last)


def _accuracy(points: Sequence[Point]) -> float:
    return next((p.accuracy for p in reversed(points) if p.accuracy is not None), nan)


METRICS: Mapping[str, Callable[[Sequence[Point]], float]] = {
    "accuracy": _accuracy,
    "examples": lambda points: float(points[-1].examples),
    "learning_rate": lambda points: max(point.learning_rate for point in points),
    "steps": lambda points: float(points[-1].step),
    "training_loss": _training_loss,
    "validation_loss": _validation_loss,
}
"""What can be asked of a run: its last validation loss and accuracy, the training loss of ten steps, its cost."""

_COSTS = ("examples", "learning_rate", "steps")
_DIVERGES = "diverges"


@final
@dataclass(frozen=True, slots=True)
class Rival:
    """A run of the lab that is to be beaten, with the same seed: its letter and its whole configuration as JSON."""

    name: str
    config: Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one metric of a run, or on one value of a measurement."""

    metric: str
    bound: float
    is_at_most: bool
    points: float
    rival: Rival | None = None
    """The run to stay below; `bound` is what it came to, nan while it is not known."""

    def __str__(self) -> str:
        """Write it for a person: 'validation loss ≤ 0.2'."""
        name = self.metric.replace("_", " ")
        if self.metric == _DIVERGES:
            return "the run diverges"
        if self.rival:
            reached = f" {_show(self.bound)}" if isfinite(self.bound) else ""
            return f"{name} < run {self.rival.name}'s{reached}"
        return f"{name} {'≤' if self.is_at_most else '≥'} {_show(self.bound)}"

    @property
    def is_cost(self) -> bool:
        """Say whether it bounds what a run may cost, or how it is set, not what it must reach."""
        return self.metric in _COSTS

    @property
    def wants_divergence(self) -> bool:
        """Say whether a run that diverges is what is asked for."""
        return self.metric == _DIVERGES

    def to_json(self) -> dict[str, Any]:
        """Return the bound and its points."""
        rival = {"lower_than": {"run": self.rival.name, "config": dict(self.rival.config)}} if self.rival else {}
        bound = self.bound if isfinite(self.bound) else None
        return {"metric": self.metric, "bound": bound, "is_at_most": self.is_at_most, "points": self.points, **rival}

    def result(self, points: Sequence[Point], *, may_diverge: bool = False) -> "GoalResult":
        """Judge a run that has ended; a loss that is not a number meets nothing, unless a run may diverge."""
        if self.wants_divergence:
            return self.judged(float(bool(points) and behaviour([p.as_step() for p in points]) == "diverges"))
        result = self.judged(METRICS[self.metric](points) if points else nan)
        is_real = bool(points) and (may_diverge or isfinite(points[-1].loss))
        return result if is_real else replace(result, met=False)

    def judged(self, value: float) -> "GoalResult":
        """Hold a value against the bound; one that is not a number meets none."""
        if self.rival:
            return GoalResult(self, value, value < self.bound)
        return GoalResult(self, value, value <= self.bound if self.is_at_most else value >= self.bound)


@final
@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal and what one run made of it."""

    goal: Goal
    value: float
    met: bool
    why_not: str = ""
    """Why it is not met although the value alone would do."""

    @property
    def earned(self) -> float:
        """Points earned."""
        return self.goal.points if self.met else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the goal with what was reached and earned; a value that is not finite as None."""
        value = self.value if isfinite(self.value) else None
        earned = {"points": self.earned, "out_of": self.goal.points}
        return {**self.goal.to_json(), "value": value, "met": self.met, **earned}

    def __str__(self) -> str:
        """Write it for a person, with its verdict as a word."""
        value = _show(self.value) if isfinite(self.value) else "not a number"
        return f"{self.goal}: {value}, {'met' if self.met else self.why_not or 'not met'}"


_NO_RIVALS: Mapping[str, Rival] = MappingProxyType({})


def read_goals(
    fields: Fields, name: str, metrics: Sequence[str] = tuple(METRICS), rivals: Mapping[str, Rival] = _NO_RIVALS
) -> tuple[Goal, ...]:
    """Read the list of goals in a lab's front matter. Raises ContentError."""
    entries = fields.entries(name)
    if not entries:
        raise fields.error(name, "A lab needs goals, as in '- {metric: validation_loss, at_most: 0.2, points: 3}'.")
    return tuple(_goal(_mapping(entry, fields, name), metrics, rivals) for entry in entries)


def known_goal(entry: Mapping[str, Any], metrics: Sequence[str]) -> Goal:
    """Read a goal as `to_json` wrote it. Raises ValueError, KeyError, TypeError."""
    if entry["metric"] not in (*metrics, _DIVERGES):
        raise ValueError(entry["metric"])
    than = entry.get("lower_than")
    rival = Rival(str(than["run"]), dict(than["config"])) if than else None
    bound = nan if rival else float(entry["bound"])
    return Goal(entry["metric"], bound, bool(entry["is_at_most"]), float(entry["points"]), rival)


def _mapping(entry: object, fields: Fields, name: str) -> Fields:
    if not isinstance(entry, Fields):
        raise fields.error(name, "Write each goal as '{metric: validation_loss, at_most: 0.2, points: 3}'.")
    return entry


def _goal(entry: Fields, metrics: Sequence[str], rivals: Mapping[str, Rival]) -> Goal:
    goal = _divergence(entry, metrics) if _DIVERGES in entry else _bound(entry, metrics, rivals)
    entry.refuse_unknown()
    if not 0 < goal.points <= 1000:
        raise entry.error("points", "'points' must be above 0 and at most 1000.")
    return goal


def _divergence(entry: Fields, metrics: Sequence[str]) -> Goal:
    if entry.value(_DIVERGES) is not True or "training_loss" not in metrics:
        raise entry.error(
            _DIVERGES, "Write '{diverges: true}' for a training run that is to diverge; else leave it out."
        )
    return Goal(_DIVERGES, 1.0, False, float(entry.number("points", 1)))


def _bound(entry: Fields, metrics: Sequence[str], rivals: Mapping[str, Rival]) -> Goal:
    metric = entry.choice("metric", tuple(metrics), "")
    bounds = [side for side in ("at_most", "at_least", "lower_than") if side in entry]
    if len(bounds) != 1:
        message = "A goal needs one bound: 'at_most: …' or 'at_least: …' or 'lower_than: …'."
        raise ContentError(entry.path, entry.line, message, code="bad-lab")
    side, points = bounds[0], float(entry.number("points", 1))
    if side == "lower_than":
        return Goal(metric, nan, True, points, _rival(entry, rivals))
    return Goal(metric, float(entry.number(side)), side == "at_most", points)


def _rival(entry: Fields, rivals: Mapping[str, Rival]) -> Rival:
    name = entry.text("lower_than")
    if name not in rivals:
        known = suggest(name, tuple(rivals)) if rivals else "Give the lab one: 'runs: {A: {learning_rate: 0.1}}'."
        raise entry.error("lower_than", f"There is no run '{name}'. {known}")
    return rivals[name]


def _show(value: float) -> str:
    return (
        f"{value:,.0f}" if 1000 <= abs(value) < 1e12 and value == round(value) else format_number(float(f"{value:.4g}"))
    )
