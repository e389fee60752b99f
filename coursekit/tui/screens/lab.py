"""A lab: turn knobs, run, watch the loss, see which goals are met, compare with the runs before."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.lab.budget import is_spent
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, Trial, judge
from coursekit.train.backends import tensorflow_is_available
from coursekit.tui.keybar import KeyBar
from coursekit.tui.lab.body import LabBody
from coursekit.tui.lab.grade_desk import GradeDesk
from coursekit.tui.lab.knob_list import KnobList
from coursekit.tui.lab.run_page import RunPage, is_exact, put
from coursekit.tui.lab.runs_desk import RunsDesk, training_of
from coursekit.tui.lab.texts import (
    goals_content,
    lab_keys,
    runs_content,
    said_content,
    state_text,
    stats_content,
    waiting_text,
)
from coursekit.tui.lab.training import Training
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import spread

if TYPE_CHECKING:  # the app imports the screens; these parts are loaded when they are first shown
    from coursekit.lab.grade import Grade
    from coursekit.store.labs import LabGrade, LabRun
    from coursekit.tui.lab.runs_page import RunsPage

T = TypeVar("T")

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
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", "run with these settings"),
        Binding("g", "grade", "have these settings graded, on fresh seeds"),
        Binding("f", "fault", "name the fault of a run to diagnose"),
        Binding("space", "pause", "pause, go on"),
        Binding("x", "stop", "stop the run"),
        Binding("b", "backend", "change between NumPy and TensorFlow"),
        Binding("o", "log", "log scale on and off"),
        Binding("s", "smooth", "smooth the curve, its noise as a shade"),
        Binding("p", "strips", "the gradient's length and the rate below the curve"),
        Binding("c", "compare", "draw the last runs behind this one, or no longer"),
        Binding("t", "table", "the table of runs, and back"),
        Binding("v", "way", "view the way of the run, step by step, and back"),
        Binding("i", "text", "instructions and picture"),
        Binding("u", "links", "list the links on this page"),
        Binding("h", "hint", "show a hint"),
        Binding("w", "why", "why it comes out so, after a run"),
        Binding("r", "recall", "set the knobs as in the last run"),
        Binding("escape", "back", "back to the picture, leave the lab"),
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
        self._backend = lab.needs if lab.is_probe else lab.config.get("backend", "numpy")
        self._training: Training | None = None
        self._points: list[Point] = []
        self._report: LabReport | None = None
        self._steps = int(lab.config.get("steps", 1))
        self._hints = 0
        self._notice = ""
        self._ran_on = ""
        self._fault: int | None = None
        self._grades = GradeDesk()
        self._desk = RunsDesk(lab, self.app)

    def compose(self) -> ComposeResult:
        """Lay out knobs and goals above, picture or text in the middle, keys below."""
        yield Static("", id="where", markup=False)
        with Horizontal(id="top"):
            yield KnobList(self.lab.knobs)
            yield Static("", id="goals", markup=False)
        yield Static("", id="notice", markup=False)
        yield LabBody(self.lab)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was run before."""
        self.set_interval(_REFRESH_SECONDS, self._look)
        self._warm()
        self._try(self._desk.read)
        self._show()

    def on_unmount(self) -> None:
        """End the run with the screen."""
        if self._training:
            self._training.stop()
            if self.lab.budget:  # it counts, also when it is left
                self._try(partial(self._desk.keep, self._training.config, judge(self.lab.goals, (), "stopped")))
        self._grades.stop()
        self._desk.stop()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._show()

    def on_knob_list_turned(self, event: KnobList.Turned) -> None:
        """Say what is wrong with a typed value; a good one clears it."""
        self._notice = event.problem
        self._show()

    # Running.

    def action_run(self) -> None:
        """Start a run; one that goes on is stopped first."""
        knobs = self.query_one(KnobList)
        if not knobs.take_typed():
            return
        if self._desk.left is not None and (self._training or not self._desk.left):
            self._tell(
                "A run goes on, and it counts. x stops it." if self._training else f"{is_spent(self.lab)} Press g."
            )
            return
        if self._training:
            self._training.stop()
        try:
            config = self.lab.configure(knobs.values, backend=self._backend)
        except CoursekitError as error:
            self._tell(str(error))
            return
        self._notice, self._report, self._points, self._steps = "", None, [], config.steps
        self._desk.now = None
        self._body.run.begin(config.steps)
        self._ran_on = self._backend
        self._training = Training(self.lab, config, self.app.begin_run, self.lab.pace)
        self._body.turn_to("run")
        self._draw_compared()

    def action_pause(self) -> None:
        """Hold the run, or let it go on."""
        if self._training:
            self._training.pause()
            self._show()

    def action_stop(self) -> None:
        """End the run where it is, and a grade."""
        if self._training:
            self._training.stop()
        self._grades.stop()
        self._show()

    def action_grade(self) -> None:
        """Train these settings with the shown seed and fresh ones; the median of their scores is the grade."""
        from coursekit.lab.grade import graded_config

        knobs = self.query_one(KnobList)
        if self._grades.is_busy or not knobs.take_typed():
            return
        try:
            config = graded_config(self.lab, knobs.values)
        except CoursekitError as error:
            self._tell(str(error))
            return
        self._notice = ""
        self._grades.begin(self.lab, config, self.app.log_file, self._fault)
        self._body.turn_to("run")
        self._show()

    def action_backend(self) -> None:
        """Take the other backend for the next run."""
        if self.lab.is_probe:
            self._hint_at(
                f"What is measured here is measured with {'NumPy' if self._backend == 'numpy' else 'TensorFlow'}."
            )
        elif not tensorflow_is_available():
            self._hint_at("TensorFlow is not installed here; labs run on NumPy.")
        else:
            self._backend = "tensorflow" if self._backend == "numpy" else "numpy"
            self._warm()
            self._show()

    def action_fault(self) -> None:
        """Ask what is wrong with the run."""
        if not self.lab.faults:
            self._hint_at("This run is not to be diagnosed: turn its knobs.")
            return
        from coursekit.tui.screens.pick import PickScreen  # few labs have faults

        def name(picked: int | None) -> None:
            self._fault = picked or self._fault
            self._show()

        says = [fault.says for fault in self.lab.faults]
        self.app.push_screen(PickScreen("What is wrong with this run?", says, self._fault), name)

    def action_recall(self) -> None:
        """Set the knobs as they stood in the last run."""
        if self._desk.runs:
            self.query_one(KnobList).put(self._desk.runs[-1].settings)

    # Looking.

    def action_log(self) -> None:
        """Change the loss axis."""
        if curve := self._body.run.curve:
            curve.toggle_log()

    def action_smooth(self) -> None:
        """Change between the noise itself and the mean before it."""
        if curve := self._body.run.curve:
            curve.toggle_smooth()

    def action_strips(self) -> None:
        """Show or hide the gradient's length and the rate."""
        if self.lab.is_probe:
            self._hint_at("A measurement has no gradient and no rate to draw.")
            return
        self._body.run.toggle_strips()
        self._body.turn_to("run")
        self._show()

    def action_compare(self) -> None:
        """Draw the last runs behind this one, or no longer."""
        if self.lab.is_probe or not self._desk.compare_last():
            self._hint_at(
                "There is no other run of this visit to compare with. In the table (t), c takes an older one."
            )
        self._draw_compared()

    async def action_table(self) -> None:
        """Show the table of runs, or what was there before."""
        if self._body.page == "table":
            self._body.turn_to("run")
        elif self._desk.is_empty:
            self._hint_at("There is no run in this lab yet. Press enter to make one.")
        else:
            await self._body.show_table(self._desk.runs, self._desk.behind)
        self._show()

    async def action_way(self) -> None:
        """Show the way of a run through its landscape, the table's chosen one or the last, or what was there before."""
        if self._body.page == "way":
            self._body.turn_to("run")
        elif said := self._no_way():
            self._hint_at(said)
        elif config := self._try(partial(training_of, self._body.chosen or self._desk.runs[-1])):
            await self._body.show_way(config, self.app.log_file)
        self._show()

    def _no_way(self) -> str:
        """Say why there is no way to view, if there is none."""
        if self.lab.is_probe:
            return "A measurement goes through no landscape, so there is no way to view."
        if self._training:
            return "The run goes on. Its way can be viewed when it has ended."
        return "" if self._desk.runs else "There is no run in this lab yet. Press enter to make one."

    def action_text(self) -> None:
        """Change between the text and the picture."""
        self._body.turn_to("run" if self._body.page == "text" else "text")
        self._show()

    def action_links(self) -> None:
        """Ask which link of the text to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self)

    async def action_hint(self) -> None:
        """Add the next hint to the text and show it."""
        if self._hints >= len(self.lab.hints):
            self._hint_at("There are no more hints.")
        else:
            self._hints += 1
            await self._body.add_text(ProseView(self.lab.hints[self._hints - 1], label=f"Hint {self._hints}"))

    async def action_why(self) -> None:
        """Show the explanation, once there is a run to hold it against."""
        is_passed = any(run.points >= run.out_of for run in self._desk.runs)
        if not is_passed and len(self._desk.runs) < _RUNS_BEFORE_WHY:
            self._hint_at(
                f"The explanation tells a way to the goals. Reach them, or make {_RUNS_BEFORE_WHY} runs first."
            )
        elif not self.query("#why"):
            await self._body.add_text(ProseView(self.lab.explanation, label="Why", id="why"))
        else:
            await self._body.add_text(None)

    def action_scroll(self, where: str) -> None:
        """Scroll the text, or the rows of a measurement."""
        self._body.scroll_page(where)

    def action_back(self) -> None:
        """Go back to the picture; from there, or from the text, leave the lab: a run ends with it."""
        if self._body.page in ("table", "way"):
            self._body.turn_to("run")
            self._show()
        else:
            self.dismiss()

    # The table of runs.

    def on_runs_page_asked(self, event: "RunsPage.Asked") -> None:
        """Do with a run what was asked."""
        run = event.run
        match event.what:
            case "undo":
                self._do(self._desk.bring_back)
            case _ if run is None:
                return
            case "again":
                self.query_one(KnobList).put(run.settings)
                self.action_run()
            case "recall":
                self.query_one(KnobList).put(run.settings)
                self._hint_at(f"The knobs stand as in run {run.number}.")
            case "compare":
                self._do(partial(self._desk.compare, run))
            case "remove":
                self._do(partial(self._desk.remove, run))
            case "export":
                self._ask_form(run)

    def _do(self, action: Callable[[], str]) -> None:
        """Do something to the runs, and show what has become of it."""
        self._notice = ""
        if said := self._try(action):
            self._hint_at(said)
        self._list_runs()
        self._draw_compared()

    def _ask_form(self, run: "LabRun") -> None:
        from coursekit.lab.export import formats
        from coursekit.tui.screens.pick import PickScreen

        def write(picked: int | None) -> None:
            if picked:
                self._desk.export(run, formats()[picked - 1])

        asked = f"Write run {run.number} into this folder as"
        self.app.push_screen(PickScreen(asked, [form.upper() for form in formats()]), write)

    def _list_runs(self) -> None:
        self._body.list_runs(self._desk.runs, self._desk.behind)

    def _draw_compared(self) -> None:
        if curve := self._body.run.curve:
            curve.compare(self._desk.compared.shown(self._desk.now))
        self._show()

    # What comes from the processes.

    def _look(self) -> None:
        """Take what has come from the run and draw it."""
        self._look_at_grade()
        self._look_beside()
        news = self._training.take() if self._training else []
        if not news:
            return
        fresh = [item for item in news if isinstance(item, Point)]
        self._points += fresh
        self._body.run.add(fresh, [item for item in news if isinstance(item, Trial)])
        for item in news:
            if isinstance(item, (LabReport, CoursekitError)):
                self._end(item)
        self._show()

    def _end(self, item: LabReport | CoursekitError) -> None:
        """Keep the run before its score is shown."""
        training, self._training = self._training, None
        if isinstance(item, CoursekitError):
            self._notice = str(item)
        elif training:
            self._try(partial(self._desk.keep, training.config, item))
            self._report = item
            if curve := self._body.run.curve:
                curve.end()
                self._desk.keep_line(curve.line)
            self._list_runs()

    def _look_at_grade(self) -> None:
        has_news, ended = self._grades.look()
        if isinstance(ended, CoursekitError):
            self._notice = str(ended)
        elif ended:
            self._end_grade(ended)
        if has_news:
            self._show()

    def _end_grade(self, grade: "Grade") -> None:
        """Keep the grade before it is shown, and tell what speaks for or against the fault that was named."""
        from coursekit.lab.record import recorded_grade

        recorded = recorded_grade(self.lab, grade, self.app.now())
        self._try(lambda: self.app.store.add_grade(recorded))
        self._serve_due(recorded)
        self._try(self._desk.read)
        if grade.naming and grade.naming.picked and (why := self.lab.faults[grade.naming.picked - 1].why):
            self.app.notify(why, timeout=20, markup=False)

    def _serve_due(self, grade: "LabGrade") -> None:
        """Have the grade count for what is due, and say so."""
        from coursekit.study.by_lab import serve_due

        served = self._try(lambda: serve_due(self.app.store, self.app.course, grade))
        if served:
            self._hint_at(f"Reviewed by this grade: {', '.join(served)}.", seconds=12)

    def _look_beside(self) -> None:
        """Take the line of a run that was made again, and the end of an export."""
        has_line, said = self._desk.look()
        if said:
            self._hint_at(said, seconds=12)
        if has_line:
            self._list_runs()
            self._draw_compared()

    # Showing.

    @property
    def _body(self) -> LabBody:
        return self.query_one(LabBody)

    def _tell(self, problem: str) -> None:
        self._notice = problem
        self._show()

    def _try(self, action: Callable[[], T]) -> T | None:
        """Do something; what goes wrong stays on the screen until it is read."""
        try:
            return action()
        except CoursekitError as error:
            self._notice = str(error)
        return None

    def _hint_at(self, text: str, seconds: float = 4) -> None:
        self.app.notify(text, timeout=seconds, markup=False)

    def _warm(self) -> None:
        """Have TensorFlow start while the learner reads."""
        if self._backend == "tensorflow" and tensorflow_is_available():
            self.app.warm.warm(self.lab.configure({}, backend="tensorflow"))

    def _show(self) -> None:
        """Bring every text on the screen up to date."""
        if not self.is_mounted:
            return
        page, width = self._body.run, min(_WIDEST, self.app.size.width - 4)
        self._put("#where", spread(Content(f"{self._place} › lab {self.lab.name}"), Content(self._setting()), width))
        self._put("#notice", Content(self._notice))
        self.query_one("#notice").set_class(not self._notice, "-empty")
        self._put("#goals", goals_content(self.lab, self._report, self._fault, self._grades.grade))
        state = state_text(self._report, is_running=self._training is not None, is_paused=self._is_paused)
        stats = stats_content(self._points, self._steps, state, self._report, is_exact=is_exact(self.lab))
        page.put("#stats", stats)
        page.put("#said", self._said(page))
        graded = self._grades.content()
        page.put("#grade", graded)
        page.query_one("#grade").set_class(not graded, "-empty")
        page.put("#runs", runs_content(self.lab, self._desk.runs, 2 if self.lab.is_probe else 4, width))
        self.query_one(KeyBar).show(*self._keys())

    def _setting(self) -> str:
        """Say on what the run is made, and how many are left."""
        backend = f"{self._ran_on or self._backend} · seed 0"
        if self._ran_on and self._ran_on != self._backend:
            backend += f" · next run: {self._backend}"
        left = self._desk.left
        return backend if left is None else f"{left} of {self.lab.budget} runs left · {backend}"

    def _said(self, page: RunPage) -> Content:
        curve = page.curve
        line, metric = (curve.line, "loss" if is_exact(self.lab) else "validation loss") if curve else ((), "")
        extra = ""
        if curve and self._report:  # not while it goes on: the strips of 10,000 steps take 15 ms to put in words
            extra = self._desk.compared.said(line, curve.earlier, metric) or page.strips_said
        return said_content(
            self._points,
            self._report,
            extra=extra,
            waiting=waiting_text(page.trials, is_paused=self._is_paused, is_slow=self._backend == "tensorflow"),
            is_running=self._training is not None,
        )

    @property
    def _is_paused(self) -> bool:
        return bool(self._training and self._training.is_paused)

    def _keys(self) -> list[tuple[str, str, str]]:
        return lab_keys(
            self._body.page,
            is_running=self._training is not None,
            is_grading=self._grades.is_busy,
            has_run=bool(self._desk.runs),
            has_faults=bool(self.lab.faults),
            is_probe=self.lab.is_probe,
            has_curve=self._body.run.curve is not None,
        )

    def _put(self, name: str, content: Content) -> None:
        put(self.query_one(name, Static), content)
