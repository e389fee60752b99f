"""What stands around a drawing: labels and axis at the left of each row, axis and labels below.

>>> from coursekit.plots.axis import Scale
>>> from coursekit.plots.layout import layout, value_ticks
>>> parts = layout(20, 4, Scale(0, 2), None)
>>> "".join(text for text, _ in side(parts, 0)), below(parts, value_ticks(Scale(0, 1), parts.across))[1][0].text
('2 ┤', '   0      0.5    1.0')
"""

from collections.abc import Iterable
from itertools import groupby

from coursekit.plots.layout import Layout
from coursekit.plots.plot import Ink, Sign, Span, Style


def side(parts: Layout, row: int) -> tuple[Span, Span]:
    """Draw what stands at the left of one row: its label and the axis."""
    text, is_target = parts.labels.get(row, ""), row == parts.target_row
    words = f"{text} ".rjust(parts.left - 1) if parts.left > 1 else ""
    return Span(words, "axis"), Span("┼" if is_target else "┤" if text else "│", "axis")


def inside(ink: Ink, row: int, across: int) -> Iterable[Span]:
    """Draw one row of the drawing itself."""
    empty: Sign = (" ", "")
    cells = [ink.get((row, cell), empty) for cell in range(across)]
    for style, group in groupby(cells, key=_style):
        yield Span("".join(sign for sign, _ in group), style)


def present_ink(present: float | None, steps: float, across: int, down: int) -> Ink:
    """Draw an upright line at the step `present`, if it lies within `steps`."""
    if present is None or not 0 <= present <= steps or not across:
        return {}
    cell = min(int(present / steps * across), across - 1)
    return {(row, cell): ("│", "present") for row in range(down)}


def below(parts: Layout, ticks: Iterable[tuple[int, str]]) -> list[list[Span]]:
    """Draw the lower axis and its labels, each below its tick; `ticks` are (cell, label)."""
    line, text = ["─"] * parts.across, [" "] * (parts.left + parts.across + parts.right)
    free = 0
    for cell, label in ticks if parts.across else ():
        line[cell] = "┬"
        begin = max(0, min(parts.left + cell - len(label) // 2, len(text) - len(label)))
        if begin >= free:
            text[begin : begin + len(label)] = label
            free = begin + len(label) + 1
    axis = " " * (parts.left - 1) + "└" + "".join(line)
    return [[Span(axis, "axis")], [Span("".join(text), "axis")]][: parts.below]


def _style(cell: Sign) -> Style:
    return cell[1]
