"""The trials of a measurement as a table of text.

table(report.trials)   ->   ["rows  traces", "  32       1", "  16       2"]
"""

from collections.abc import Sequence

from coursekit.clean import clean
from coursekit.grading.number import format_number
from coursekit.lab.report import Trial


def cell(value: float | int | str | None) -> str:
    """Write one cell: a number with four digits, a word as it is.

    >>> cell(0.123456), cell(20000), cell("refused"), cell(None)
    ('0.1235', '20,000', 'refused', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return clean(value)
    if abs(value) >= 1000 and value == round(value):
        return f"{value:,.0f}"
    return format_number(float(f"{value:.4g}"))


def table(trials: Sequence[Trial]) -> list[str]:
    """Write a line of column names and a line for each trial; words stand at the left, numbers at the right.

    A column in which there is nothing to say is left out.
    """
    if not trials:
        return []
    names = [name for name in trials[0].cells if any(trial.cells.get(name) is not None for trial in trials)]
    rows = [[cell(trial.cells.get(name)) for name in names] for trial in trials]
    head = [name.replace("_", " ") for name in names]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    is_word = [any(isinstance(trial.cells.get(name), str) for trial in trials) for name in names]
    return [
        "   ".join(_set(*each) for each in zip(row, widths, is_word, strict=True)).rstrip() for row in (head, *rows)
    ]


def _set(text: str, width: int, is_word: bool) -> str:
    return text.ljust(width) if is_word else text.rjust(width)
