"""The table: how we stand against each reference, beside the marks that we hold ourselves to."""

from dataclasses import dataclass, field
from statistics import median
from typing import TypeAlias, final

Seen: TypeAlias = dict[str, dict[str, list[float]]]  # problem -> contender -> seconds of a step, round by round


@final
@dataclass(frozen=True, slots=True)
class Row:
    """A backend against a reference; marks by problem, where there is one."""

    backend: str
    against: str
    marks: dict[str, float] = field(default_factory=dict)


ROWS = (
    Row("NumPy", "floor", {"a": 0.40, "b": 0.33, "c32": 0.44, "c128": 0.57, "d": 0.82, "e": 0.40}),
    Row("NumPy", "keras fit", {"a": 180, "b": 75, "c32": 40, "c128": 42, "d": 3.3, "e": 50}),
    Row("NumPy", "keras fit, XLA x 100"),
    Row("NumPy", "PyTorch eager", {"a": 50, "b": 18, "c32": 9, "c128": 5, "d": 1.7, "e": 15}),
    Row("NumPy", "scikit-learn MLP", {"c32": 7, "c128": 5, "d": 1.6}),
    Row("NumPy", "JAX scan"),
    Row("TensorFlow", "keras fit", {"a": 35, "b": 25, "c32": 22, "c128": 14, "d": 3.3, "e": 7}),
    Row("TensorFlow, XLA", "keras fit", {"a": 200, "b": 70, "c32": 45, "c128": 30, "d": 3.3, "e": 8}),
    Row("TensorFlow, XLA", "keras fit, XLA x 100"),
    Row("TensorFlow, XLA", "JAX scan"),
)


def ratios(seen: Seen) -> list[list[str]]:
    """Return the table of ratios: the reference's time over ours, and the mark beside it."""
    lines = [["times as fast as", "", *seen]]
    for row in ROWS:
        cells = [_cell(row, problem, times) for problem, times in seen.items()]
        if any(cells):
            lines.append([row.backend, row.against, *cells])
    return lines


def microseconds(seen: Seen) -> list[list[str]]:
    """Return the table of times: a step's median over the rounds, and the least."""
    names = dict.fromkeys(name for times in seen.values() for name in times)
    return [
        ["microseconds of a step: median, least", *seen],
        *([name, *(_time(times.get(name)) for times in seen.values())] for name in names),
    ]


def print_table(lines: list[list[str]]) -> None:
    """Print lines with their columns aligned."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(row: Row, problem: str, times: dict[str, list[float]]) -> str:
    """Write the median of the rounds' own ratios: what slows the machine for a while slows both."""
    if row.backend not in times or row.against not in times:
        return ""
    pairs = zip(times[row.backend], times[row.against], strict=True)
    ratio = f"{median(theirs / ours for ours, theirs in pairs):.3g}"
    return f"{ratio} ({row.marks[problem]:g})" if problem in row.marks else ratio


def _time(seconds: list[float] | None) -> str:
    return f"{median(seconds) * 1e6:.4g}, {min(seconds) * 1e6:.4g}" if seconds else ""
