"""A lab: turn knobs, run, watch the loss, see which goals are met, compare with the runs before."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from coursekit.errors import CoursekitError
from coursekit.lab.definition import Lab
from coursekit.lab.goals import Goal
from coursekit.lab.point import Point
from coursekit.lab.record import recorded_run
from coursekit.lab.report import LabReport
from coursekit.plots.sentence import caption, describe
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import Backend
from coursekit.tui.curve_view import CurveView
from coursekit.tui.keybar import KeyBar
from coursekit.tui.knob_list import KnobList
from coursekit.tui.lab_text import goals_content, grade_content, lab_keys, runs_content, stats_content
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import QUIET, spread
from coursekit.tui.training import Training

if TYPE_CHECKING:  # the app imports the screens; a grade is rarer than a run, and costs a megabyte
    from coursekit.lab.grade import Grade, SeedResult
    from coursekit.store.store import LabRun
    from coursekit.tui.grading import Grading

_WIDEST = 120
_REFRESH_SECONDS = 1 / 10  # a key waits while one is drawn, so not more often than the eye needs
_RUNS_BEFORE_WHY = 3


class LabScreen(CourseScreen):
    """One lab. Runs go on in a child process; this screen draws what has come, 10 times a second."""

    DEFAULT_CSS = """
    LabScreen #where { width: 100%; max-width: 124; height: 1; padding: 0 2; color: $text-muted; }
    LabScreen #top { width: 100%; max-width: 124; height: auto; padding: 1 2 0 2; }
    LabScreen #goals { width: auto; max-width: 50%; height: auto; padding: 0 0 0 2; }
    LabScreen #notice { width: 100%; max-width: 124; height: auto; padding: 0 2; color: $text-error; }
    LabScreen #notice.-empty { display: none; }
    LabScreen #body { width: 100%; max-width: 124; height: 1fr; padding: 1 2 0 2; }
    LabScreen #run { width: 100%; height: 1fr; }
    LabScreen #picture { height: 1fr; min-height: 7; }
    LabScreen #stats { width: 26; height: 100%; padding: 0 0 0 2; }
    LabScreen #grade { height: auto; max-height: 2; }
    LabScreen #grade.-empty { display: none; }
    LabScreen #said { height: auto; max-height: 2; color: $text-muted; }
    LabScreen #runs { height: auto; max-height: 6; }
    LabScreen #text { width: 100%; height: 1fr; scrollbar-size-vertical: 1; }
    LabScreen #text ProseView { margin: 0 0 1 0; max-width: 92; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", "run with these settings"),
        Binding("g", "grade", "have these settings graded, on fresh seeds"),
        Binding("f", "fault", "name the fault of a run to diagnose"),
        Binding("space", "pause", "pause, go on"),
        Binding("x", "stop", "stop the run"),
        Binding("b", "backend", "change between NumPy and TensorFlow"),
        Binding("o", "log", "log scale on and off"),
        Binding("i", "text", "instructions and picture"),
        Binding("u", "links", "list the links on this page"),
        Binding("h", "hint", "show a hint"),
        Binding("w", "why", "why it comes out so, after a run"),
        Binding("r", "recall", "set the knobs as in the last run"),
        Binding("escape", "back", "leave the lab"),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
    ]
    AUTO_FOCUS = "KnobList"

    def __init__(self, lab: Lab, place: str) -> None:
        super().__init__()
        self.lab = lab
        self._place = place
        self._backend: Backend = lab.config.get("backend", "numpy")
        self._training: Training | None = None
        self._points: list[Point] = []
        self._report: LabReport | None = None
        self._runs: tuple[LabRun, ...] = ()
        self._steps = int(lab.config.get("steps", 1))
        self._hints = 0
        self._notice = ""
        self._ran_on = ""
        self._grading: Grading | None = None
        self._seen: list[SeedResult] = []
        self._grade: Grade | None = None
        self._fault: int | None = None

    def compose(self) -> ComposeResult:
        """Lay out knobs and goals above, picture or text in the middle, keys below."""
        yield Static("", id="where", markup=False)
        with Horizontal(id="top"):
            yield KnobList(self.lab.knobs)
            yield Static("", id="goals", markup=False)
        yield Static("", id="notice", markup=False)
        with ContentSwitcher(id="body", initial="text"):
            with VerticalScroll(id="text", can_focus=False):
                yield ProseView(f"**{self.lab.title}**\n\n{self.lab.instructions}")
            yield RunView(self.lab, id="run")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was run before."""
        self.set_interval(_REFRESH_SECONDS, self._look)
        self._warm()
        try:
            self._runs = self.app.store.runs(self.lab.name)
        except CoursekitError as error:
            self._notice = str(error)
        self._show()

    def on_unmount(self) -> None:
        """End the run with the screen."""
        if self._training:
            self._training.stop()
        if self._grading:
            self._grading.stop()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._show()

    def action_run(self) -> None:
        """Start a run; one that goes on is stopped first."""
        knobs = self.query_one(KnobList)
        if not knobs.take_typed():
            return
        if self._training:
            self._training.stop()
        try:
            config = self.lab.configure(knobs.values, backend=self._backend)
        except CoursekitError as error:
            self._notice = str(error)
            self._show()
            return
        self._notice, self._report, self._points, self._steps = "", None, [], config.steps
        self.query_one(CurveView).begin(config.steps)
        self._ran_on = self._backend
        self._training = Training(self.lab, config, self.app.begin_run, self.lab.pace)
        self.query_one(ContentSwitcher).current = "run"
        self._show()

    def on_knob_list_turned(self, event: KnobList.Turned) -> None:
        """Say what is wrong with a typed value; a good one clears it."""
        self._notice = event.problem
        self._show()

    def action_pause(self) -> None:
        """Hold the run, or let it go on."""
        if self._training:
            self._training.pause()
            self._show()

    def action_stop(self) -> None:
        """End the run where it is, and a grade."""
        if self._training:
            self._training.stop()
        if self._grading:
            self._grading.stop()
            self._grading, self._seen = None, []
            self._show()

    def action_grade(self) -> None:
        """Train these settings with the shown seed and fresh ones; the median of their scores is the grade."""
        from random import SystemRandom

        from coursekit.lab.grade import draw_seeds, graded_config
        from coursekit.tui.grading import Grading

        knobs = self.query_one(KnobList)
        if self._grading or not knobs.take_typed():
            return
        try:
            config = graded_config(self.lab, knobs.values)
        except CoursekitError as error:
            self._notice = str(error)
        else:
            self._notice, self._grade, self._seen = "", None, []
            self._grading = Grading(
                self.lab, config, draw_seeds(config.seed, SystemRandom()), self.app.log_file, self._fault
            )
            self.query_one(ContentSwitcher).current = "run"
        self._show()

    def action_backend(self) -> None:
        """Take the other backend for the next run."""
        if not tensorflow_is_available():
            self.app.notify("TensorFlow is not installed here; labs run on NumPy.", timeout=6, markup=False)
            return
        self._backend = "tensorflow" if self._backend == "numpy" else "numpy"
        self._warm()
        self._show()

    def _warm(self) -> None:
        """Have TensorFlow start while the learner reads."""
        if self._backend == "tensorflow" and tensorflow_is_available():
            self.app.warm.warm(self.lab.configure({}, backend="tensorflow"))

    def action_fault(self) -> None:
        """Ask what is wrong with the run."""
        if not self.lab.faults:
            self.app.notify("This run is not to be diagnosed: turn its knobs.", timeout=4, markup=False)
            return
        from coursekit.tui.screens.faults import FaultsScreen  # few labs have faults

        def name(picked: int | None) -> None:
            self._fault = picked or self._fault
            self._show()

        self.app.push_screen(FaultsScreen(self.lab.faults, self._fault), name)

    def action_scroll(self, where: str) -> None:
        """Scroll the text."""
        getattr(self.query_one("#text", VerticalScroll), f"scroll_{where}")(animate=False)

    def action_log(self) -> None:
        """Change the loss axis."""
        self.query_one(CurveView).toggle_log()

    def action_text(self) -> None:
        """Change between the text and the picture."""
        body = self.query_one(ContentSwitcher)
        body.current = "run" if body.current == "text" else "text"

    def action_links(self) -> None:
        """Ask which link of the text to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self)

    async def action_hint(self) -> None:
        """Add the next hint to the text and show it."""
        if self._hints >= len(self.lab.hints):
            self.app.notify("There are no more hints.", timeout=3, markup=False)
        else:
            self._hints += 1
            await self._add_text(ProseView(self.lab.hints[self._hints - 1], label=f"Hint {self._hints}"))

    async def action_why(self) -> None:
        """Show the explanation, once there is a run to hold it against."""
        is_passed = any(run.points >= run.out_of for run in self._runs)
        if not is_passed and len(self._runs) < _RUNS_BEFORE_WHY:
            text = f"The explanation tells a way to the goals. Reach them, or make {_RUNS_BEFORE_WHY} runs first."
            self.app.notify(text, timeout=6, markup=False)
        elif not self.query("#why"):
            await self._add_text(ProseView(self.lab.explanation, label="Why", id="why"))
        else:
            await self._add_text(None)

    def action_recall(self) -> None:
        """Set the knobs as they stood in the last run."""
        if self._runs:
            self.query_one(KnobList).put(self._runs[-1].settings)

    def action_back(self) -> None:
        """Leave the lab; a run ends with it."""
        self.dismiss()

    async def _add_text(self, view: ProseView | None) -> None:
        self.query_one(ContentSwitcher).current = "text"
        text = self.query_one("#text", VerticalScroll)
        if view:
            await text.mount(view)
        self.call_after_refresh(text.scroll_end, animate=False)

    def _look(self) -> None:
        """Take what has come from the run and draw it."""
        self._look_at_grade()
        news = self._training.take() if self._training else []
        if not news:
            return
        fresh = [item for item in news if isinstance(item, Point)]
        self._points += fresh
        self.query_one(CurveView).add(fresh)
        for item in news:
            if isinstance(item, (LabReport, CoursekitError)):
                self._end(item)
        self._show()

    def _look_at_grade(self) -> None:
        if not self._grading or not (news := self._grading.take()):
            return
        from coursekit.lab.grade import SeedResult

        for item in news:
            if isinstance(item, SeedResult):
                self._seen.append(item)
            else:
                self._grading = None
                self._end_grade(item)
        self._show()

    def _end_grade(self, item: "Grade | CoursekitError") -> None:
        """Keep the grade before it is shown."""
        from coursekit.lab.record import recorded_grade

        if isinstance(item, CoursekitError):
            self._notice = str(item)
            return
        try:
            self.app.store.add_grade(recorded_grade(self.lab, item, self.app.now()))
        except CoursekitError as error:
            self._notice = str(error)
        self._grade = item
        if item.naming and item.naming.picked:
            self._notice_why(item.naming.picked)

    def _notice_why(self, picked: int) -> None:
        """Tell what speaks for or against the fault that was named."""
        if why := self.lab.faults[picked - 1].why:
            self.app.notify(why, timeout=20, markup=False)

    def _end(self, item: LabReport | CoursekitError) -> None:
        """Keep the run before its score is shown."""
        training, self._training = self._training, None
        if isinstance(item, CoursekitError):
            self._notice = str(item)
        elif training:
            try:
                self.app.store.add_run(recorded_run(self.lab, training.config, item, self.app.now()))
                self._runs = self.app.store.runs(self.lab.name)
            except CoursekitError as error:
                self._notice = str(error)
            self._report = item
            self.query_one(CurveView).end()

    def _show(self) -> None:
        """Bring every text on the screen up to date."""
        if not self.is_mounted:
            return
        width = min(_WIDEST, self.app.size.width - 4)
        backend = f"{self._ran_on or self._backend} · seed 0"
        if self._ran_on and self._ran_on != self._backend:
            backend += f" · next run: {self._backend}"
        self._put("#where", spread(Content(f"{self._place} › lab {self.lab.name}"), Content(backend), width))
        self._put("#notice", Content(self._notice))
        self.query_one("#notice").set_class(not self._notice, "-empty")
        self._put("#goals", goals_content(self.lab, self._report, self._fault, self._grade))
        self._put(
            "#stats",
            stats_content(self._points, self._steps, self._state(), self._report, is_exact=_is_exact(self.lab)),
        )
        self._put("#said", self._sentence())
        graded = grade_content(self._seen, self._grade, len(self._grading.seeds) if self._grading else 0)
        self._put("#grade", graded)
        self.query_one("#grade").set_class(not graded, "-empty")
        self._put("#runs", runs_content(self.lab, self._runs, 4))
        is_running, has_run = bool(self._training or self._grading), bool(self._runs)
        keys = lab_keys(is_running=is_running, has_run=has_run, has_faults=bool(self.lab.faults))
        self.query_one(KeyBar).show(*keys)

    def _put(self, name: str, content: Content) -> None:
        """Show a text if it has changed; lay out anew, which takes 15 ms, only if its number of lines has."""
        static = self.query_one(name, Static)
        was, width = static.content, max(1, static.size.width)
        if not isinstance(was, Content):
            static.update(content)
        elif not was.is_same(content):
            static.update(content, layout=_rows(was, width) != _rows(content, width))

    def _sentence(self) -> Content:
        if not self._points:
            waiting = "Starting TensorFlow takes some seconds …" if self._backend == "tensorflow" else "Starting …"
            return Content.styled(waiting if self._training else "Press enter to run with these settings.", QUIET)
        losses = tuple((p.step, p.validation_loss) for p in self._points if p.validation_loss is not None)
        curve = losses or tuple((p.step, p.loss) for p in self._points)
        return Content.styled(caption(curve) if self._report else describe(curve, "Loss"), QUIET)

    def _state(self) -> str:
        if self._report:
            return {"diverged": "✗ diverged", "stopped": "stopped, not scored"}.get(self._report.outcome, "finished")
        if self._training is None:
            return ""
        return "paused: space goes on" if self._training.is_paused else "running"


def _rows(text: Content, width: int) -> int:
    """Count the rows that a text takes at least."""
    return sum(max(1, -(-line.cell_length // width)) for line in text.split("\n"))


class RunView(VerticalScroll, can_focus=False):
    """The picture of a run with its figures, a sentence on it, and the runs before."""

    def __init__(self, lab: Lab, id: str) -> None:
        super().__init__(id=id)
        self._lab = lab

    def compose(self) -> ComposeResult:
        """Lay out the picture, the figures beside it, and the table below."""
        with Horizontal(id="picture"):
            steps = int(self._lab.config.get("steps", 1))
            yield CurveView(steps=steps, is_exact=_is_exact(self._lab), target=_target(self._lab.goals))
            yield Static("", id="stats", markup=False)
        yield Static("", id="said", markup=False)
        yield Static("", id="grade", classes="-empty", markup=False)
        yield Static("", id="runs", markup=False)


def _is_exact(lab: Lab) -> bool:
    """Say whether the lab's model has its loss in itself, so that there is no validation set."""
    return "data" not in lab.config


def _target(goals: tuple[Goal, ...]) -> float | None:
    """Return the loss to reach, which the picture draws as a line."""
    return next((goal.bound for goal in goals if goal.metric.endswith("_loss") and goal.is_at_most), None)
