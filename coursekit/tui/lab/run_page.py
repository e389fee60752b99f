"""A run as it goes: its picture with figures beside it, a sentence on it, its grade, and the runs before."""

from collections.abc import Sequence
from math import isfinite

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from coursekit.lab.definition import Lab
from coursekit.lab.goals import Goal
from coursekit.lab.point import Point
from coursekit.lab.report import Trial
from coursekit.tui.lab.curve_view import CurveView
from coursekit.tui.lab.strips_view import StripsView
from coursekit.tui.lab.trials_view import TrialsView

_ROOM_FOR_STRIPS = 26  # rows of the page; in fewer they take the place of the runs before


class RunPage(VerticalScroll, can_focus=False):
    """The page; its texts are put by the screen."""

    DEFAULT_CSS = """
    RunPage { width: 100%; height: 1fr; }
    RunPage #picture { height: 1fr; min-height: 7; }
    RunPage #stats { width: 26; height: 100%; padding: 0 0 0 2; }
    RunPage #stats.-none { display: none; }
    RunPage StripsView { display: none; }
    RunPage.-strips StripsView { display: block; }
    RunPage.-strips #said { max-height: 4; }
    RunPage #grade { height: auto; max-height: 2; }
    RunPage #grade.-empty { display: none; }
    RunPage #said { height: auto; max-height: 2; color: $text-muted; }
    RunPage #runs { height: auto; max-height: 6; }
    RunPage.-instead #runs { display: none; }
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(id="run")
        self._lab = lab
        self._columns = lab.curve
        self._has_curve = not lab.is_probe or lab.curve is not None
        self._wants_strips = False
        self._norms: list[tuple[float, float]] = []
        self._rates: list[tuple[float, float]] = []

    def compose(self) -> ComposeResult:
        """Lay out the picture, the figures beside it, and the table below."""
        with Horizontal(id="picture"):
            if self._has_curve:
                steps = int(self._lab.config.get("steps", 1))
                yield CurveView(steps=steps, is_exact=is_exact(self._lab), target=_target(self._lab.goals))
            if self._lab.is_probe:
                yield TrialsView(is_beside=self._has_curve)
            yield Static("", id="stats", classes="-none" if self._lab.is_probe else "", markup=False)
        yield StripsView()
        yield Static("", id="said", markup=False)
        yield Static("", id="grade", classes="-empty", markup=False)
        yield Static("", id="runs", markup=False)

    @property
    def curve(self) -> CurveView | None:
        """The picture of a training run; few measurements have one."""
        return self.query_one(CurveView) if self._has_curve else None

    @property
    def trials(self) -> int:
        """How many trials of a measurement are there."""
        return self.query_one(TrialsView).count if self._lab.is_probe else 0

    @property
    def rows(self) -> VerticalScroll | None:
        """The rows of a measurement; a training run has none."""
        return self.query_one(TrialsView).query_one(VerticalScroll) if self._lab.is_probe else None

    def begin(self, steps: int) -> None:
        """Empty the picture for a new run."""
        self._norms, self._rates = [], []
        if curve := self.curve:
            curve.begin(1 if self._lab.is_probe else steps)
        if self._lab.is_probe:
            self.query_one(TrialsView).begin()

    def add(self, points: Sequence[Point], trials: Sequence[Trial]) -> None:
        """Draw more of the run."""
        if trials:
            self.query_one(TrialsView).add(trials)
            self._draw(trials)
        if points and (curve := self.curve):
            curve.add(points)
            self._norms += [(point.step, point.gradient_norm) for point in points]
            self._rates += [(point.step, point.learning_rate) for point in points]
            if self.has_class("-strips"):
                self.query_one(StripsView).show(self._norms, self._rates)

    def _draw(self, trials: Sequence[Trial]) -> None:
        """Draw the two columns that a measurement has a line of."""
        if (curve := self.curve) and (names := self._columns):
            pairs = [[trial.cells.get(name) for name in names] for trial in trials]
            line = [(x, y) for x, y in pairs if isinstance(x, (int, float)) and isinstance(y, (int, float))]
            curve.draw(line)

    def toggle_strips(self) -> bool:
        """Show the gradient's length and the rate, or not; return whether they are shown."""
        self._wants_strips = not self._wants_strips
        self._fit()
        return self._wants_strips

    @property
    def strips_said(self) -> str:
        """The strips in words, when they are shown."""
        return self.query_one(StripsView).said if self.has_class("-strips") and self._norms else ""

    def on_resize(self, event: Resize) -> None:
        """Find room for the strips."""
        del event
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.size.height >= _ROOM_FOR_STRIPS
        are_shown = self._wants_strips and not self._lab.is_probe
        self.set_class(are_shown, "-strips")
        self.set_class(are_shown and not is_roomy, "-instead")
        if are_shown:
            self.query_one(StripsView).show(self._norms, self._rates)

    def put(self, name: str, content: Content) -> None:
        """Show a text if it has changed; lay out anew, which takes 15 ms, only if its number of lines has."""
        put(self.query_one(name, Static), content)


def put(static: Static, content: Content) -> None:
    """Show a text if it has changed; lay out anew, which takes 15 ms, only if its number of lines has."""
    was, width = static.content, max(1, static.size.width)
    if not isinstance(was, Content):
        static.update(content)
    elif not was.is_same(content):
        static.update(content, layout=_rows(was, width) != _rows(content, width))


def is_exact(lab: Lab) -> bool:
    """Say whether the lab's model has its loss in itself, so that there is no validation set."""
    return "data" not in lab.config


def _rows(text: Content, width: int) -> int:
    """Count the rows that a text takes at least."""
    return sum(max(1, -(-line.cell_length // width)) for line in text.split("\n"))


def _target(goals: tuple[Goal, ...]) -> float | None:
    """Return the loss to reach, which the picture draws as a line."""
    losses = (goal.bound for goal in goals if goal.metric.endswith("_loss") and goal.is_at_most)
    return next((bound for bound in losses if isfinite(bound)), None)
