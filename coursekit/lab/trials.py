"""The trials of a measurement as a table of text.

table(report.trials)   ->   ["rows  traces", "  32       1", "  16       2"]
"""

from collections.abc import Sequence

from coursekit.clean import clean
from coursekit.grading.number import format_number
from coursekit.lab.report import Trial

_GAP = "  "
_NOTHING = "–"


def cell(value: float | int | str | None) -> str:
    """Write one cell: a number with four digits, a word as it is.

    >>> cell(0.123456), cell(20000), cell("refused"), cell(None)
    ('0.1235', '20,000', 'refused', '–')
    """
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        return clean(value)
    if abs(value) >= 1000 and value == round(value):
        return f"{value:,.0f}"
    return format_number(float(f"{value:.4g}")).replace("e-0", "e-")


def table(trials: Sequence[Trial], width: int | None = None) -> list[str]:
    """Write a line of column names and a line for each trial; words stand at the left, numbers at the right.

    A column in which there is nothing to say is left out, and one that says the same throughout where there is no room.
    """
    columns = [
        _column(name, [trial.cells.get(name) for trial in trials]) for name in (trials[0].cells if trials else ())
    ]
    columns = [column for column in columns if len(set(column[1:])) > 1 or column[1].strip() != _NOTHING]
    while width is not None and sum(len(column[0]) + len(_GAP) for column in columns) - len(_GAP) > width:
        alike = [column for column in columns if len({cell for cell in column[1:] if cell.strip() != _NOTHING}) < 2]
        if not alike:
            break
        columns.remove(alike[-1])
    return [_GAP.join(row).rstrip() for row in zip(*columns, strict=True)]


def _column(name: str, values: Sequence[float | int | str | None]) -> list[str]:
    """Return a column's cells, its name first, all as wide as the widest."""
    cells = [name.replace("_", " "), *map(cell, values)]
    width = max(map(len, cells))
    is_word = any(isinstance(value, str) for value in values)
    return [each.ljust(width) if is_word else each.rjust(width) for each in cells]
