"""Forms in which a run can be handed on: one file each, found by name.

coursekit/lab/exports/csv.py   ->  PLUGIN = Exporter(".csv", write)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, final

from coursekit.lab.goals import GoalResult
from coursekit.lab.point import Point
from coursekit.lab.report import Trial


@final
@dataclass(frozen=True, slots=True)
class ExportedRun:
    """A whole run: of which lab, with what, on what, what happened, and how it was judged.

    A training run has points, a measurement has trials.
    """

    lab: str
    title: str
    config: Mapping[str, Any]  # Any: JSON
    provenance: Mapping[str, Any]
    outcome: str
    goals: tuple[GoalResult, ...]
    points: tuple[Point, ...]
    trials: tuple[Trial, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Exporter:
    """One form: how its files end, and what makes their text; it raises UsageError for a run it cannot show."""

    suffix: str
    write: Callable[[ExportedRun], str]
