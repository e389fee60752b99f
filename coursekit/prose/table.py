"""A table -> lines: columns as wide as their text, narrower where the page is narrow.

| optimizer | steps |          optimizer  steps
|-----------|------:|     ->   ─────────  ─────
| SGD       |   400 |          SGD          400
"""

from collections.abc import Sequence
from itertools import zip_longest

from coursekit.prose.spans import Line, Span, cells, merge, text_of, trim_end
from coursekit.prose.wrap import wrap

GAP = 2  # cells between columns
NARROWEST_COLUMN = 4  # cells; a table that would need less becomes a list


def table_lines(rows: Sequence[Sequence[Line]], right: Sequence[bool], width: int) -> tuple[Line, ...]:
    """Set a table, its first row as a heading; `right` says which columns end flush right."""
    widths = _widths(rows, width - GAP * (len(right) - 1))
    if not widths:
        return _as_list(rows, width)
    head = _row([tuple(Span(s.text, "strong") for s in cell) for cell in rows[0]], right, widths)
    rule = [Span((" " * GAP).join("─" * size for size in widths), "dim")]
    body = (line for row in rows[1:] for line in _row(row, right, widths))
    return (*head, tuple(rule), *body)


def _widths(rows: Sequence[Sequence[Line]], room: int) -> list[int]:
    """Share `room` cells among the columns: each what it asks for, the widest give way; [] if too narrow."""
    asked = [max(1, *map(cells, column)) for column in zip(*rows, strict=True)]
    if sum(min(size, NARROWEST_COLUMN) for size in asked) > room:
        return []
    left, share = room, dict[int, int]()
    for count, index in enumerate(sorted(range(len(asked)), key=asked.__getitem__)):
        share[index] = min(asked[index], left // (len(asked) - count))
        left -= share[index]
    return [share[index] for index in range(len(asked))]


def _row(row: Sequence[Line], right: Sequence[bool], widths: Sequence[int]) -> tuple[Line, ...]:
    wrapped = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    return tuple(
        _join([_pad(line, size, flush) for line, size, flush in zip(lines, widths, right, strict=True)])
        for lines in zip_longest(*wrapped, fillvalue=())
    )


def _pad(line: Line, size: int, flush_right: bool) -> Line:
    space = Span(" " * (size - cells(line)))
    return (space, *line) if flush_right else (*line, space)


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
