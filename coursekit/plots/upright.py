"""Counts as upright bars side by side, such as what falls due on each of the coming days.

>>> print(as_text(upright((4, 0, 2, 1), 12, 2, {0: "now", 3: "3"})))
4 ┤█
0 ┤█   █ ▄
   now   3
"""

from collections.abc import Mapping, Sequence

from coursekit.plots.plot import Plot, Span, as_text, fitted

__all__ = ["as_text", "upright"]

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def upright(counts: Sequence[int], width: int, height: int, names: Mapping[int, str]) -> Plot:
    """Draw counts in `width` cells and `height` rows, and below them names by place; what is not 0 can be seen.

    Bars have a gap between them where there is room for one. What has no room at the right is left out.
    """
    most = max(counts, default=0)
    axis = len(str(most))
    room = max(0, width - axis - 2)
    each = max(1, min(4, room // max(1, len(counts))))
    shown = counts[: room // each]
    rows = [_row(shown, most, height, row, each, axis) for row in range(height)]
    rows.append((Span(" " * (axis + 2) + _names(names, each, len(shown)), "label"),))
    return Plot(tuple(fitted(row, width) for row in rows))


def _row(counts: Sequence[int], most: int, height: int, row: int, each: int, axis: int) -> tuple[Span, ...]:
    said = str(most) if row == 0 else "0" if row == height - 1 else ""
    bars = "".join(_piece(count, most, height, row, each) for count in counts)
    return Span(f"{said:>{axis}} {'┤' if said else '│'}", "axis"), Span(bars, "bar")


def _piece(count: int, most: int, height: int, row: int, each: int) -> str:
    """Draw what of one bar lies in a row, counted from the top."""
    eighths = max(1, round(count / most * height * 8)) if count else 0
    inside = min(8, max(0, eighths - 8 * (height - 1 - row)))
    return (_EIGHTHS[inside] * max(1, each - 1)).ljust(each)


def _names(names: Mapping[int, str], each: int, count: int) -> str:
    """Write names below their bars; one that would run into the one before is left out."""
    line = ""
    for place, name in sorted(names.items()):
        if place < count and len(line) <= place * each:
            line = line.ljust(place * each) + name + " "
    return line.rstrip()
