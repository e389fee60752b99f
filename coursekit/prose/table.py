"""A table -> lines: columns as wide as their text, narrower where the page is narrow.

| optimizer | steps |          optimizer  steps
|-----------|------:|     ->   ─────────  ─────
| SGD       |   400 |          SGD          400
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from coursekit.prose.spans import Line, Span, cells, merge, text_of, trim_end
from coursekit.prose.wrap import GLUE, wrap

GAP = 2  # cells between columns
NARROWEST_COLUMN = 4  # cells; a column is never narrower, unless its text is


def table_lines(rows: Sequence[Sequence[Line]], sides: Sequence[str], width: int) -> tuple[Line, ...]:
    """Set a table, its first row as a heading; `sides` says of each column "right", "center" or something else."""
    widths = _widths(rows, width - GAP * (len(sides) - 1))
    if not widths:
        return _as_list(rows, width)
    head = _row([tuple(Span(s.text, "strong") for s in cell) for cell in rows[0]], sides, widths)
    rule = [Span((" " * GAP).join("─" * size for size in widths), "dim")]
    body = (line for row in rows[1:] for line in _row(row, sides, widths))
    return (*head, tuple(rule), *body)


def _widths(rows: Sequence[Sequence[Line]], room: int) -> list[int]:
    """Share `room` cells among the columns: each its longest word, the rest as asked, the widest give way.

    [] if there is no room for all words: then a list is easier to read than broken words.
    """
    columns = list(zip(*rows, strict=True))
    asked = [max(1, *map(cells, column)) for column in columns]
    least = [min(size, _longest_word(column)) for size, column in zip(asked, columns, strict=True)]
    left = room - sum(least)
    if left < 0:
        return []
    share = list(least)
    for count, index in enumerate(sorted(range(len(asked)), key=lambda index: asked[index] - least[index])):
        more = min(asked[index] - least[index], left // (len(asked) - count))
        share[index] += more
        left -= more
    return share


def _longest_word(column: Sequence[Line]) -> int:
    words = (part.replace(GLUE, " ") for cell in column for part in re.split(r"[ \t\n]+", text_of(cell)))
    return max(NARROWEST_COLUMN, *map(cell_len, words))


def _row(row: Sequence[Line], sides: Sequence[str], widths: Sequence[int]) -> tuple[Line, ...]:
    wrapped = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    return tuple(
        _join([_pad(line, size, side) for line, size, side in zip(lines, widths, sides, strict=True)])
        for lines in zip_longest(*wrapped, fillvalue=())
    )


def _pad(line: Line, size: int, side: str) -> Line:
    space = size - cells(line)
    before = {"right": space, "center": space // 2}.get(side, 0)
    return (Span(" " * before), *line, Span(" " * (space - before)))


def _join(columns: Sequence[Line]) -> Line:
    """Put cells side by side, without space at the end of the line."""
    gap = Span(" " * GAP)
    return trim_end(merge(part for column in columns for part in (*column, gap)))


def _as_list(rows: Sequence[Sequence[Line]], width: int) -> tuple[Line, ...]:
    """Set each row as lines of `heading: text`, for a page that is too narrow for the columns."""
    lines: list[Line] = []
    for row in rows[1:]:
        lines += [()] if lines else []
        for name, cell in zip(rows[0], row, strict=True):
            lines += wrap((Span(f"{text_of(name)}: ", "strong"), *cell), width)
    return tuple(lines)
