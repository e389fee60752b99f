"""Goals: what a run must reach, and what that is worth.

- {metric: validation_loss, at_most: 0.20, points: 3}
- {metric: examples, at_most: 20000, points: 1}
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from coursekit.errors import ContentError
from coursekit.fields import Fields
from coursekit.grading.number import format_number
from coursekit.lab.point import Point


def _validation_loss(points: Sequence[Point]) -> float:
    return next((p.validation_loss for p in reversed(points) if p.validation_loss is not None), math.nan)


def _training_loss(points: Sequence[Point]) -> float:
    last = points[-10:]
    return sum(p.loss for p in last) / len(last)


def _accuracy(points: Sequence[Point]) -> float:
    return next((p.accuracy for p in reversed(points) if p.accuracy is not None), math.nan)


METRICS: Mapping[str, Callable[[Sequence[Point]], float]] = {
    "accuracy": _accuracy,
    "examples": lambda points: float(points[-1].examples),
    "steps": lambda points: float(points[-1].step),
    "training_loss": _training_loss,
    "validation_loss": _validation_loss,
}
"""What can be asked of a run: its last validation loss and accuracy, the training loss of ten steps, its cost."""


@final
@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one metric of a run."""

    metric: str
    bound: float
    is_at_most: bool
    points: float

    def __str__(self) -> str:
        """Write it for a person: 'validation loss ≤ 0.2'."""
        return f"{self.metric.replace('_', ' ')} {'≤' if self.is_at_most else '≥'} {_show(self.bound)}"

    @property
    def is_cost(self) -> bool:
        """Say whether it bounds what a run may cost, not what it must reach."""
        return self.metric in ("examples", "steps") and self.is_at_most

    def to_json(self) -> dict[str, Any]:
        """Return the bound and its points."""
        return {"metric": self.metric, "bound": self.bound, "is_at_most": self.is_at_most, "points": self.points}

    def result(self, points: Sequence[Point]) -> "GoalResult":
        """Judge a run that has ended; a value that is not a number meets nothing."""
        value = METRICS[self.metric](points) if points else math.nan
        met = value <= self.bound if self.is_at_most else value >= self.bound
        return GoalResult(self, value, met and math.isfinite(points[-1].loss))


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
        value = self.value if math.isfinite(self.value) else None
        earned = {"points": self.earned, "out_of": self.goal.points}
        return {**self.goal.to_json(), "value": value, "met": self.met, **earned}

    def __str__(self) -> str:
        """Write it for a person, with its verdict as a word."""
        value = _show(self.value) if math.isfinite(self.value) else "not a number"
        return f"{self.goal}: {value}, {'met' if self.met else self.why_not or 'not met'}"


def read_goals(fields: Fields, name: str) -> tuple[Goal, ...]:
    """Read the list of goals in a lab's front matter. Raises ContentError."""
    entries = fields.entries(name)
    if not entries:
        raise fields.error(name, "A lab needs goals, as in '- {metric: validation_loss, at_most: 0.2, points: 3}'.")
    return tuple(_goal(entry, fields, name) for entry in entries)


def _goal(entry: object, fields: Fields, name: str) -> Goal:
    if not isinstance(entry, Fields):
        raise fields.error(name, "Write each goal as '{metric: validation_loss, at_most: 0.2, points: 3}'.")
    metric = entry.choice("metric", tuple(METRICS), "")
    bounds = [side for side in ("at_most", "at_least") if side in entry]
    if len(bounds) != 1:
        message = "A goal needs one bound: 'at_most: …' or 'at_least: …'."
        raise ContentError(entry.path, entry.line, message, code="bad-lab")
    bound, points = float(entry.number(bounds[0])), float(entry.number("points", 1))
    entry.refuse_unknown()
    if not 0 < points <= 1000:
        raise entry.error("points", "'points' must be above 0 and at most 1000.")
    return Goal(metric, bound, bounds[0] == "at_most", points)


def _show(value: float) -> str:
    return (
        f"{value:,.0f}" if 1000 <= abs(value) < 1e12 and value == round(value) else format_number(float(f"{value:.4g}"))
    )
