"""A picture of rows of pieces: when it changes, only the cells that differ are drawn again.

A key waits while something is drawn, and a terminal needs longest for what it is sent; most of a curve stays as it was.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coursekit.tui.text import HERE, QUIET, to_strip

Piece: TypeAlias = tuple[str, str]  # text and its style, as Textual writes it
Rows: TypeAlias = Sequence[Sequence[Piece]]

STYLES = {
    "axis": QUIET,
    "training": "$text-primary",
    "validation": "$text-warning",
    "target": "$text-success",
    "noise": "$foreground 35%",
    "ghost": QUIET,
    "run1": "$text-secondary",
    "run2": "$text-accent",
    "run3": "$text-error",
    "run4": "$text-success",
    "label": QUIET,
    "bar": "$text-primary",
    "valley": "$text-primary",
    "path": "$foreground bold",
    "ahead": "$foreground 65%",
    "start": "$foreground bold",
    "present": HERE,
    "end": "$foreground bold",
    "batch": "$text-warning bold",
    "full": "$text-success bold",
}


class Picture(Widget):
    """What is drawn is made by `rows_for`, for the widget's size and whenever `redraw` is called."""

    DEFAULT_CSS = """
    Picture { height: 1fr; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Rows = ()
        self._strips: dict[int, Strip] = {}

    def rows_for(self, width: int, height: int) -> Rows:
        """Draw the picture in exactly so many cells."""
        raise NotImplementedError  # not an abstract method: Textual's widgets have a metaclass of their own

    def redraw(self) -> None:
        """Make the picture for the widget's size and have what is new in it shown."""
        was, (width, height) = self._rows, self.size
        self._rows = self.rows_for(width, height) if width and height else ()
        for y, (old, new) in enumerate(zip(was, self._rows, strict=False)):
            if old != new:
                self._strips.pop(y, None)
                self.refresh(_changed(old, new, y))
        if len(was) != len(self._rows):
            self._strips.clear()
            self.refresh()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._strips.clear()
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the picture."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        if y not in self._strips:
            self._strips[y] = to_strip(self, Content.assemble(*self._rows[y]), self.size.width)
        return self._strips[y]

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        self._strips.clear()
        super().notify_style_update()


def styled(rows: Sequence[Sequence[tuple[str, str]]]) -> Rows:
    """Put Textual's styles for those of a plot."""
    return tuple(tuple((text, STYLES.get(style, "")) for text, style in row) for row in rows)


def _changed(old: Sequence[Piece], new: Sequence[Piece], y: int) -> Region:
    """Bound the cells of a row that differ."""
    differ = [x for x, (was, now) in enumerate(zip(_cells(old), _cells(new), strict=False)) if was != now]
    return Region(differ[0], y, differ[-1] - differ[0] + 1, 1) if differ else Region(0, y, 0, 1)


def _cells(row: Sequence[Piece]) -> Iterator[Piece]:
    return ((sign, style) for text, style in row for sign in text)
