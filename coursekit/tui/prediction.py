"""A prediction, then the run that decides it, drawn while it happens."""

from collections.abc import Callable
from functools import partial
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
from coursekit.train.config import TrainingConfig
from coursekit.tui.curve_view import CurveView
from coursekit.tui.text import QUIET
from coursekit.tui.training import Training

Begin: TypeAlias = Callable[[TrainingConfig, float | None], Running]

_REFRESH_SECONDS = 1 / 20
_WATCH_SECONDS = 3


class Prediction(Widget, can_focus=True):
    """Runs the lab with a question's settings; posts `Decided` when the run has ended."""

    DEFAULT_CSS = """
    Prediction { height: auto; margin: 1 0; }
    Prediction CurveView { height: 9; }
    Prediction Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "hurry", "finish the run at once")]

    class Decided(Message):
        """The run has ended, or could not be made."""

        def __init__(self, report: LabReport | CoursekitError) -> None:
            super().__init__()
            self.report = report

    def __init__(self, lab: Lab, config: TrainingConfig, begin: Begin, prediction: str) -> None:
        super().__init__()
        self._lab, self._config, self._begin = lab, config, begin
        self._prediction = prediction
        self._points: list[Point] = []
        self._training: Training | None = None

    def compose(self) -> ComposeResult:
        """Lay out the prediction, the curve, and a sentence on it."""
        yield Static(Content.assemble(("You predict: ", QUIET), (self._prediction, "bold")), markup=False)
        yield CurveView(steps=self._config.steps, is_exact=self._config.data is None, is_log=True)
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Start the run."""
        self.focus()
        self._start(pace=self._config.steps / _WATCH_SECONDS)
        self.set_interval(_REFRESH_SECONDS, self._look)

    def on_unmount(self) -> None:
        """End the run with the page."""
        if self._training:
            self._training.stop()

    def action_hurry(self) -> None:
        """Run again without waiting; the same configuration gives the same run."""
        if self._training:
            self._training.stop()
            self._points = []
            self.query_one(CurveView).begin(self._config.steps)
            self._start(pace=None)

    def _start(self, pace: float | None) -> None:
        self._training = Training(self._lab, self._config, partial(self._begin, self._config, pace))

    def _look(self) -> None:
        """Draw what has come; tell when it has ended."""
        if not self._training:
            return
        news = self._training.take()
        fresh = [item for item in news if isinstance(item, Point)]
        if fresh:
            self._points += fresh
            self.query_one(CurveView).add(fresh)
        for item in news:
            if isinstance(item, (LabReport, CoursekitError)):
                self._training = None
                self.can_focus = False
                self._say()
                self.post_message(self.Decided(item))

    def _say(self) -> None:
        measured = [(p.step, p.loss if p.validation_loss is None else p.validation_loss) for p in self._points]
        if measured:
            self.query_one("#said", Static).update(Content.styled(describe(tuple(measured), "The loss"), QUIET))
