"""A run as a table for a spreadsheet, RFC 4180: a header, and a line for each step with every digit.

step,loss,validation_loss,learning_rate,examples,gradient_norm,seconds,accuracy
1,2.302585092994046,,0.5,32,0.7071067811865476,0.0004,
"""

import csv
from collections.abc import Iterable
from io import StringIO

from coursekit.lab.exports import ExportedRun, Exporter
from coursekit.lab.point import Point


def _write(run: ExportedRun) -> str:
    text = StringIO(newline="")
    rows = csv.writer(text)
    if run.trials:
        names = tuple(dict.fromkeys(name for trial in run.trials for name in trial.cells))
        rows.writerow(("trial", *names))
        rows.writerows(_cells((trial.number, *map(trial.cells.get, names))) for trial in run.trials)
    else:
        rows.writerow(Point._fields)
        rows.writerows(map(_cells, run.points))
    return text.getvalue()


def _cells(values: Iterable[float | int | str | None]) -> list[str]:
    """Write nothing for what was not measured, `nan` and `inf` for what is no number."""
    return ["" if value is None else value if isinstance(value, str) else repr(value) for value in values]


PLUGIN = Exporter(".csv", _write)
