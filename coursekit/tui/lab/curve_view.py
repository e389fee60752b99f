"""A live loss curve: points are added as they come; earlier runs may lie behind it."""

from collections.abc import Sequence
from typing import TypeAlias

from coursekit.lab.point import Point
from coursekit.plots.curve import Series, curve
from coursekit.plots.legend import Shown, legend
from coursekit.plots.plot import Earlier
from coursekit.tui.lab.picture import Picture, Rows, styled

Line: TypeAlias = tuple[tuple[float, float], ...]  # (step, loss)

EARLIER: tuple[Earlier, ...] = ("run1", "run2", "run3", "run4")
_SMALLEST = (10, 4)
_LEGEND_FROM = 7  # rows: a smaller picture has none to spare


class CurveView(Picture):
    """Training and validation loss over steps, with the target as a line."""

    def __init__(self, *, steps: int, is_exact: bool, is_log: bool = False, target: float | None = None) -> None:
        """Take the steps to come; `is_exact` says that there is no validation set: one loss, one line."""
        super().__init__()
        self._steps: float = steps
        self._is_exact = is_exact
        self._target = target
        self._training: list[tuple[float, float]] = []
        self._validation: list[tuple[float, float]] = []
        self._ghost: Line = ()
        self._mark: float | None = None
        self._earlier: tuple[tuple[str, Line], ...] = ()
        self.is_log = is_log
        self.is_smooth = False

    @property
    def line(self) -> Line:
        """The run as one line: the loss that is held to the goal."""
        return tuple(self._validation or self._training)

    @property
    def earlier(self) -> tuple[tuple[str, Line], ...]:
        """The runs that lie behind, each with its label."""
        return self._earlier

    def begin(self, steps: float) -> None:
        """Empty the picture for a new run."""
        self._steps = steps
        self._training, self._validation = [], []
        self.redraw()

    def keep(self) -> None:
        """Leave the run that ended as a ghost behind the next."""
        self._ghost = self.line

    def guess(self, *, loss: float | None = None, step: float | None = None) -> None:
        """Draw what was predicted: a loss as a light line over all steps, a step as an upright one."""
        self._ghost = () if loss is None else tuple((at * self._steps / 200, loss) for at in range(201))
        self._mark = step
        self.redraw()

    def compare(self, earlier: Sequence[tuple[str, Line]]) -> None:
        """Draw earlier runs behind this one, the first four."""
        self._earlier = tuple(earlier[: len(EARLIER)])
        self.redraw()

    def add(self, points: Sequence[Point]) -> None:
        """Draw more of the run."""
        for point in points:
            after = point.validation_loss
            self._training.append((point.step, after if self._is_exact and after is not None else point.loss))
            if after is not None and not self._is_exact:
                self._validation.append((point.step, after))
        self.redraw()

    def draw(self, line: Sequence[tuple[float, float]]) -> None:
        """Draw more of a line that no training made; how long it will be is not known."""
        self._training += line
        self._steps = max(self._steps, *(step for step, _ in line)) if line else self._steps
        self.redraw()

    def end(self) -> None:
        """Draw the run over the whole width, also when it ended early."""
        if self._training:
            self._steps = int(self._training[-1][0])
            self.redraw()

    def toggle_log(self) -> None:
        """Change between a linear and a log axis."""
        self.is_log = not self.is_log
        self.redraw()

    def toggle_smooth(self) -> None:
        """Change between the loss of each batch and its mean before a shade as high as its noise."""
        self.is_smooth = not self.is_smooth
        self.redraw()

    def rows_for(self, width: int, height: int) -> Rows:
        """Draw the curve and, when earlier runs lie behind it, which is which."""
        if width < _SMALLEST[0] or height < _SMALLEST[1]:
            return ()
        labels = self._labels() if height >= _LEGEND_FROM else ()
        plot = curve(
            self._series(),
            width,
            height - bool(labels),
            log=self.is_log,
            target=self._target,
            x_max=self._reach(),
            smooth=self.is_smooth,
            present=self._mark,
        )
        return styled((*plot.rows, legend(labels, width)) if labels else plot.rows)

    def _reach(self) -> float:
        return max([self._steps, *(line[-1][0] for _, line in self._earlier if line)])

    def _labels(self) -> tuple[tuple[Shown, str], ...]:
        if not self._earlier:
            return ()
        now: tuple[Shown, str] = ("validation" if self._validation else "training", "now")
        return (now, *((name, label) for name, (label, _) in zip(EARLIER, self._earlier, strict=False)))

    def _series(self) -> tuple[Series, ...]:
        return (
            *(Series(name, line) for name, (_, line) in zip(EARLIER, self._earlier, strict=False)),
            Series("ghost", self._ghost),
            Series("training", tuple(self._training)),
            Series("validation", tuple(self._validation)),
        )
