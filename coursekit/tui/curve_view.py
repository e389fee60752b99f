"""A live loss curve: points are added as they come, and only the cells that changed are drawn again.

A key waits while something is drawn, and a terminal needs longest for what it is sent; most of a curve stays as it was.
"""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coursekit.lab.point import Point
from coursekit.plots.curve import Series, curve
from coursekit.plots.plot import Span
from coursekit.tui.text import QUIET, to_strip

_STYLES = {
    "axis": QUIET,
    "training": "$text-primary",
    "validation": "$text-warning",
    "target": "$text-success",
    "ghost": QUIET,
}


class CurveView(Widget):
    """Training and validation loss over steps, with the target as a line."""

    DEFAULT_CSS = """
    CurveView { height: 1fr; width: 1fr; }
    """

    def __init__(self, *, steps: int, is_exact: bool, is_log: bool = False, target: float | None = None) -> None:
        """Take the steps to come; `is_exact` says that there is no validation set: one loss, one line."""
        super().__init__()
        self._steps = steps
        self._is_exact = is_exact
        self._target = target
        self._training: list[tuple[float, float]] = []
        self._validation: list[tuple[float, float]] = []
        self._ghost: tuple[tuple[float, float], ...] = ()
        self._rows: tuple[tuple[Span, ...], ...] = ()
        self._strips: dict[int, Strip] = {}
        self.is_log = is_log

    def begin(self, steps: int) -> None:
        """Empty the picture for a new run."""
        self._steps = steps
        self._training, self._validation = [], []
        self._draw()

    def keep(self) -> None:
        """Leave the run that ended as a ghost behind the next."""
        self._ghost = tuple(self._validation or self._training)

    def add(self, points: Sequence[Point]) -> None:
        """Draw more of the run."""
        for point in points:
            after = point.validation_loss
            self._training.append((point.step, after if self._is_exact and after is not None else point.loss))
            if after is not None and not self._is_exact:
                self._validation.append((point.step, after))
        self._draw()

    def end(self) -> None:
        """Draw the run over the whole width, also when it ended early."""
        if self._training:
            self._steps = int(self._training[-1][0])
            self._draw()

    def toggle_log(self) -> None:
        """Change between a linear and a log axis."""
        self.is_log = not self.is_log
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the picture."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        if y not in self._strips:
            text = Content.assemble(*((text, _STYLES.get(style, "")) for text, style in self._rows[y]))
            self._strips[y] = to_strip(self, text, self.size.width)
        return self._strips[y]

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        self._strips.clear()
        super().notify_style_update()

    def _series(self) -> tuple[Series, ...]:
        return (
            Series("ghost", self._ghost),
            Series("training", tuple(self._training)),
            Series("validation", tuple(self._validation)),
        )

    def _draw(self) -> None:
        """Make the picture for the widget's size and have what is new in it shown."""
        was, (width, height) = self._rows, self.size
        if width < 10 or height < 4:
            self._rows = ()
        else:
            plot = curve(self._series(), width, height, log=self.is_log, target=self._target, x_max=self._steps)
            self._rows = plot.rows
        for y, (old, new) in enumerate(zip(was, self._rows, strict=False)):
            if old != new:
                self._strips.pop(y, None)
                self.refresh(_changed(old, new, y))
        if len(was) != len(self._rows):
            self._strips.clear()
            self.refresh()


def _changed(old: Sequence[Span], new: Sequence[Span], y: int) -> Region:
    """Bound the cells of a row that differ."""
    differ = [x for x, (was, now) in enumerate(zip(_cells(old), _cells(new), strict=False)) if was != now]
    return Region(differ[0], y, differ[-1] - differ[0] + 1, 1) if differ else Region(0, y, 0, 1)


def _cells(row: Sequence[Span]) -> Iterator[tuple[str, str]]:
    return ((sign, style) for text, style in row for sign in text)
