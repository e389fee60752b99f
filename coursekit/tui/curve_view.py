"""A live loss curve: points are added as they come, the picture is made when it is drawn."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from coursekit.lab.point import Point
from coursekit.plots.curve import Series, curve
from coursekit.tui.text import QUIET

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
        self.is_log = is_log

    def begin(self, steps: int) -> None:
        """Empty the picture for a new run."""
        self._steps = steps
        self._training, self._validation = [], []
        self.refresh()

    def add(self, points: Sequence[Point]) -> None:
        """Draw more of the run."""
        for point in points:
            after = point.validation_loss
            self._training.append((point.step, after if self._is_exact and after is not None else point.loss))
            if after is not None and not self._is_exact:
                self._validation.append((point.step, after))
        self.refresh()

    def end(self) -> None:
        """Draw the run over the whole width, also when it ended early."""
        if self._training:
            self._steps = int(self._training[-1][0])
            self.refresh()

    def toggle_log(self) -> None:
        """Change between a linear and a log axis."""
        self.is_log = not self.is_log
        self.refresh()

    def render(self) -> Content:
        """Draw the picture at the widget's size."""
        width, height = self.size
        if width < 10 or height < 4:
            return Content("")
        series = (Series("training", tuple(self._training)), Series("validation", tuple(self._validation)))
        plot = curve(series, width, height, log=self.is_log, target=self._target, x_max=self._steps)
        return Content("\n").join(
            Content.assemble(*((text, _STYLES.get(style, "")) for text, style in row)) for row in plot.rows
        )
