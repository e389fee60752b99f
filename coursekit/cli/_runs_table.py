"""A table of runs at the command line: a line for each, its numbers below one another."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from coursekit.clean import clean
from coursekit.lab.knobs import show
from coursekit.lab.runs import Column
from coursekit.store.labs import LabRun


def lines(table: Sequence[Column], runs: Sequence[LabRun]) -> Iterator[str]:
    """Yield the names of the columns, then a line for each run; times are those of the person's zone."""
    rows = [[_one_line(column.name) for column in table], *([_cell(column, run) for column in table] for run in runs)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def as_json(run: LabRun) -> dict[str, Any]:
    """Return the whole row of the record."""
    return {
        "type": "run",
        "run": run.number,
        "settings": run.settings,
        "goals": run.goals,
        "outcome": run.outcome,
        "points": run.points,
        "out_of": run.out_of,
        "steps": run.steps,
        "backend": run.config.get("backend"),
        "at": run.at.isoformat(),
        "removed": run.removed and run.removed.isoformat(),
        "config": run.config,
    }


def _cell(column: Column, run: LabRun) -> str:
    if column.kind == "run" and column.key == "points":
        return f"{run.points:g}/{run.out_of:g}"
    value = column.value(run)
    if value is None and not (column.kind == "knob" and column.key in run.settings):
        return "–"
    return _one_line(f"{value.astimezone():%Y-%m-%d %H:%M}" if isinstance(value, datetime) else show(value))


def _one_line(text: str) -> str:
    return clean(text).replace("\n", "\ufffd").replace("\t", "\ufffd")
