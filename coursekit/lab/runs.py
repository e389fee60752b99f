"""A lab's runs as a table: its columns, and its rows in the order of one of them.

by_loss = column_named("validation_loss", columns(lab, runs))
sort(runs, by_loss)                       # the lowest first, what is no number last
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

from coursekit.errors import UsageError, suggest
from coursekit.lab.definition import Lab
from coursekit.store.labs import LabRun

Value: TypeAlias = float | int | str | datetime | None

_OWN: Mapping[str, Callable[[LabRun], Value]] = {
    "run": lambda run: run.number,
    "outcome": lambda run: run.outcome,
    "points": lambda run: run.points,
    "steps": lambda run: run.steps,
    "backend": lambda run: run.config.get("backend"),
    "when": lambda run: run.at,
}


@final
@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, and whether it shows a knob, what a goal measures, or the run itself."""

    name: str
    kind: Literal["knob", "goal", "run"]
    key: str

    def value(self, run: LabRun) -> Value:
        """Return what a run has there; None where it has nothing, or what is not finite."""
        match self.kind:
            case "knob":
                return _plain(run.settings.get(self.key))
            case "goal":
                return next((goal["value"] for goal in run.goals if goal["metric"] == self.key), None)
            case "run":
                return _OWN[self.key](run)


def columns(lab: Lab, runs: Iterable[LabRun]) -> tuple[Column, ...]:
    """List the number, each knob, what each goal measures, and what else a run says of itself.

    A lab changes: what only older runs have comes after what it has now. A knob has its own name; where a goal or the
    run has the same one, theirs is `goal.NAME` or `run.NAME`.
    """
    runs = tuple(runs)
    knobs = dict.fromkeys([*(knob.name for knob in lab.knobs), *(name for run in runs for name in run.settings)])
    told = [*(goal.metric for goal in lab.goals), *(goal["metric"] for run in runs for goal in run.goals)]
    metrics = [name for name in dict.fromkeys(told) if name not in _OWN]
    number, *others = (Column(f"run.{name}" if name in knobs else name, "run", name) for name in _OWN)
    return (
        number,
        *(Column(name, "knob", name) for name in knobs),
        *(Column(f"goal.{name}" if name in knobs else name, "goal", name) for name in metrics),
        *others,
    )


def column_named(name: str, among: Sequence[Column]) -> Column:
    """Return a column. Raises UsageError with the nearest name."""
    for column in among:
        if column.name == name:
            return column
    known = tuple(column.name for column in among)
    raise UsageError(f"The table of runs has no column '{name}'. {suggest(name, known)}")


def sort(runs: Iterable[LabRun], column: Column, descending: bool = False) -> tuple[LabRun, ...]:
    """Put runs in the order of a column: numbers, then words; those without a value last in either direction.

    What is equal stays in the order in which it came.
    """
    rows = [(column.value(run), run) for run in runs]
    there = [row for row in rows if not _is_missing(row[0])]
    there.sort(key=lambda row: _rank(row[0]), reverse=descending)
    return tuple(run for _, run in (*there, *(row for row in rows if _is_missing(row[0]))))


def run_numbered(number: int, history: Sequence[LabRun]) -> LabRun:
    """Return a run of a lab by its number, from all of them. Raises UsageError."""
    for run in history:
        if run.number == number:
            return run
    numbers = f"Its runs are numbered 1 to {len(history)}." if history else "It has none yet."
    raise UsageError(f"This lab has no run {number}. {numbers}")


def strange_knobs(lab: Lab, run: LabRun) -> tuple[str, ...]:
    """Say in what the lab's knobs are others than when the run was made: 'momentum is gone', 'steps is new'."""
    return tuple(_strangeness(lab, run.settings))


def _strangeness(lab: Lab, settings: Mapping[str, Any]) -> Iterator[str]:
    knobs = {knob.name: knob for knob in lab.knobs}
    yield from (f"{name} is gone" for name in settings if name not in knobs)
    yield from (f"{name} is new" for name in knobs if name not in settings)
    for name, knob in knobs.items():
        if (value := settings.get(name)) is not None:
            try:
                knob.read(str(value))
            except UsageError:
                yield f"{name} no longer goes to {value}"


def _plain(value: Any) -> Value:  # Any: JSON
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def _is_missing(value: Value) -> bool:
    return value is None or value != value  # nan


def _rank(value: Value) -> tuple[int, float, str, str]:
    """Return what puts values in order; words without regard to capitals, and with it where they are alike."""
    match value:
        case datetime():
            return (0, value.timestamp(), "", "")
        case int() | float():
            return (0, value, "", "")
        case _:
            return (1, 0.0, str(value).casefold(), str(value))
