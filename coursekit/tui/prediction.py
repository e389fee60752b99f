"""A prediction, then the run that decides it, drawn while it happens."""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.lab.child import Running
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport
from coursekit.plots.sentence import describe
from coursekit.questions._body import Guess
from coursekit.train.config import TrainingConfig
from coursekit.train.jobs import Job
from coursekit.tui.lab.curve_view import CurveView
from coursekit.tui.lab.training import Training
from coursekit.tui.text import QUIET

Begin: TypeAlias = Callable[[Job, float | None], Running]

_REFRESH_SECONDS = 1 / 20
_WATCH_SECONDS = 3


class Prediction(Widget, can_focus=True):
    """Makes a question's runs, one after the other; posts `Decided` when the last has ended."""

    DEFAULT_CSS = """
    Prediction { height: auto; margin: 1 0; }
    Prediction CurveView { height: 9; }
    Prediction Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "hurry", "finish the runs at once")]

    class Decided(Message):
        """The runs have ended, or one could not be made."""

        def __init__(self, runs: tuple[tuple[Point, ...], ...], error: CoursekitError | None = None) -> None:
            super().__init__()
            self.runs = runs
            self.error = error

    def __init__(
        self,
        lab: Lab,
        configs: tuple[TrainingConfig, ...],
        begin: Begin,
        prediction: str,
        guess: Guess,
        names: Sequence[str] = (),
    ) -> None:
        """Take what was predicted, in words and as a place in the picture; of two runs, the name of each."""
        super().__init__()
        self._guess = guess
        self._lab, self._configs, self._begin = lab, configs, begin
        self._names = names
        self._prediction = prediction
        self._runs: list[tuple[Point, ...]] = []
        self._points: list[Point] = []
        self._is_hurried = False
        self._training: Training | None = None

    def compose(self) -> ComposeResult:
        """Lay out the prediction, the curve, and a sentence on each run."""
        yield Static(Content.assemble(("You predict: ", QUIET), (self._prediction, "bold")), markup=False)
        one_line = self._configs[0].data is None or self._has_two
        yield CurveView(steps=self._steps, is_exact=one_line, is_log=True)
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Start the first run."""
        self.focus()
        if self._guess != Guess():
            self.query_one(CurveView).guess(loss=self._guess.loss, step=self._guess.step)
        self._start()
        self.set_interval(_REFRESH_SECONDS, self._look)

    def on_unmount(self) -> None:
        """End the run with the page."""
        if self._training:
            self._training.stop()

    def action_hurry(self) -> None:
        """Make the run again without waiting; the same configuration gives the same run."""
        self._is_hurried = True
        if self._training:
            self._training.stop()
            self._points = []
            self.query_one(CurveView).begin(self._steps)
            self._start()

    @property
    def _has_two(self) -> bool:
        """Whether a second run is drawn over the first: then only what is asked about, or they hide each other."""
        return len(self._configs) > 1

    @property
    def _steps(self) -> int:
        return max(config.steps for config in self._configs)

    def _start(self) -> None:
        config = self._configs[len(self._runs)]
        pace = None if self._is_hurried else config.steps * len(self._configs) / _WATCH_SECONDS
        self._training = Training(self._lab, config, self._begin, pace)

    def _look(self) -> None:
        """Draw what has come; tell when it has ended."""
        if not self._training:
            return
        news = self._training.take()
        fresh = [item for item in news if isinstance(item, Point)]
        if fresh:
            self._points += fresh
            self.query_one(CurveView).add(_measured(fresh) if self._has_two else fresh)
        for item in news:
            if isinstance(item, LabReport):
                self._end_run()
            elif isinstance(item, CoursekitError):
                self._end(item)

    def _end_run(self) -> None:
        """Go on to the next run, the one before it left as a ghost; after the last, tell."""
        self._runs.append(tuple(self._points))
        self._say()
        if len(self._runs) == len(self._configs):
            self._end(None)
            return
        curve = self.query_one(CurveView)
        curve.keep()
        curve.begin(self._steps)
        self._points = []
        self._start()

    def _end(self, error: CoursekitError | None) -> None:
        self._training = None
        self.can_focus = False
        self.post_message(self.Decided(tuple(self._runs), error))

    def _say(self) -> None:
        """Put each run into words; two of them are told apart by number, by name and by how they are drawn."""
        heads = zip(("Run 1", "Run 2"), self._names or ("", ""), ("dotted", "drawn"), strict=False)
        names = [", ".join(filter(None, head)) for head in heads] if self._has_two else ["The loss"]
        said = [describe(_losses(points), name) for name, points in zip(names, self._runs, strict=False)]
        self.query_one("#said", Static).update(Content.styled("\n".join([*said, *self._guessed()]), QUIET))

    def _guessed(self) -> list[str]:
        """Say where the prediction stands beside what came of it."""
        if self._guess.step is not None:
            return [f"Predicted: step {self._guess.step:g}, the upright line."]
        return [] if self._guess.loss is None else [f"Predicted: {self._guess.loss:g}, the dotted line."]


def _measured(points: Sequence[Point]) -> Sequence[Point]:
    """Keep the points where the validation loss was measured; all where it never is."""
    return [point for point in points if point.validation_loss is not None] or points


def _losses(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    """Take the loss that what is asked is held to."""
    return tuple((p.step, p.loss if p.validation_loss is None else p.validation_loss) for p in _measured(points))
