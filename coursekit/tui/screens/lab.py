"""A lab: turn knobs, run, watch the loss, see which goals are met, compare with the runs before."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from coursekit.lab.definition import Lab
from coursekit.tui.keybar import KeyBar
from coursekit.tui.lab.asking import ask_fault, ask_form
from coursekit.tui.lab.body import LabBody
from coursekit.tui.lab.following import Following
from coursekit.tui.lab.knob_list import KnobList
from coursekit.tui.lab.run_page import put
from coursekit.tui.lab.showing import goals, keys, show_run, where
from coursekit.tui.lab.views import View, Views
from coursekit.tui.lab.visit import Visit
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen

if TYPE_CHECKING:  # loaded when it is first shown
    from coursekit.tui.lab.runs_page import RunsPage

_WIDEST = 120
_REFRESH_SECONDS = 1 / 10  # a key waits while one is drawn, so not more often than the eye needs


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
        Binding("g,G", "grade", "have these settings graded, on fresh seeds"),
        Binding("f,F", "fault", "name the fault of a run to diagnose"),
        Binding("space", "pause", "pause, go on"),
        Binding("x,X", "stop", "stop the run"),
        Binding("b,B", "backend", "change between NumPy and TensorFlow"),
        Binding("o,O", "view('log')", "log scale on and off"),
        Binding("s,S", "view('smooth')", "smooth the curve, its noise as a shade"),
        Binding("p,P", "view('strips')", "the gradient's length and the rate below the curve"),
        Binding("c,C", "view('compare')", "draw the last runs behind this one, or no longer"),
        Binding("t,T", "view('table')", "the table of runs, and back"),
        Binding("v,V", "view('way')", "view the way of the run, step by step, and back"),
        Binding("i,I", "view('text')", "instructions and picture"),
        Binding("u,U", "links", "list the links on this page"),
        Binding("h,H", "hint", "show a hint"),
        Binding("w,W", "why", "why it comes out so, after a run"),
        Binding("r,R", "recall", "set the knobs as in the last run"),
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
        self._visit = Visit(lab, self.app)
        self._was_told_of_grade = False

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
        self._views = Views(self._visit, self._body, self.app.log_file)
        self._following = Following(self._visit, self._body, self.app)
        self.set_interval(_REFRESH_SECONDS, self._look)
        self._visit.begin()
        self._show()

    def on_unmount(self) -> None:
        """End the run with the screen."""
        self._visit.leave()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._show()

    def on_knob_list_turned(self, event: KnobList.Turned) -> None:
        """Say what is wrong with a typed value; a good one clears it."""
        self._visit.notice = event.problem
        self._show()

    def action_run(self) -> None:
        """Start a run; one that goes on is stopped first."""
        if not self._knobs.take_typed():
            return
        if self._visit.start(self._knobs.values):
            self._body.run.begin(self._visit.run.steps)
            self._body.turn_to("run")
            self._body.draw_compared(self._visit.runs)
        self._show()

    def action_pause(self) -> None:
        """Hold the run, or let it go on."""
        self._visit.run.pause()
        self._show()

    def action_stop(self) -> None:
        """End the run where it is, and a grade."""
        self._visit.stop()
        self._show()

    def action_grade(self) -> None:
        """Have the settings graded, with the shown seed and fresh ones."""
        if self._visit.grades.is_busy or not self._knobs.take_typed():
            return
        self._was_told_of_grade = False
        if self._visit.have_graded(self._knobs.values):
            self._body.turn_to("run")
        self._show()

    def action_backend(self) -> None:
        """Take the other backend for the next run."""
        self._hint_at(self._visit.backend.change())
        self._show()

    def action_fault(self) -> None:
        """Ask what is wrong with the run."""
        if self.lab.faults:
            ask_fault(self.app, self.lab, self._visit.grades.fault, self._name_fault)
        else:
            self._hint_at("This run is not to be diagnosed: turn its knobs.")

    def action_recall(self) -> None:
        """Set the knobs as they stood in the last run."""
        if runs := self._visit.runs.runs:
            self._knobs.put(runs[-1].settings)

    async def action_view(self, view: View) -> None:
        """Turn a view of the run on or off, or say why that cannot be."""
        self._hint_at(await self._views.turn(view))
        self._show()

    def action_links(self) -> None:
        """Ask which link of the text to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self)

    async def action_hint(self) -> None:
        """Add the next hint to the text and show it."""
        if hint := self._visit.hints.next():
            await self._body.add_text(hint)
        else:
            self._hint_at("There are no more hints.")

    async def action_why(self) -> None:
        """Show the explanation, once there is a run to hold it against."""
        if said := self._visit.why_no_explanation:
            self._hint_at(said)
            return
        shown = self.query("#why").results(ProseView)
        await self._body.add_text(next(shown, None) or ProseView(self.lab.explanation, label="Why", id="why"))

    def action_scroll(self, where: str) -> None:
        """Scroll the text, or the rows of a measurement."""
        self._body.scroll_page(where)

    def action_back(self) -> None:
        """Go back to the picture; from there, or from the text, leave the lab: a run ends with it."""
        if self._body.page in ("table", "way"):
            self._body.turn_to("run")
            self._show()
        elif self._visit.grades.is_busy and not self._was_told_of_grade:
            self._was_told_of_grade = True
            self._hint_at("A grade goes on. esc once more leaves, and drops it.")
        else:
            self.dismiss()

    def on_runs_page_asked(self, event: "RunsPage.Asked") -> None:
        """Do with a run of the table what was asked."""
        run, runs = event.run, self._visit.runs
        match event.what:
            case "undo":
                self._do(runs.bring_back)
            case _ if run is None:
                return
            case "again":
                self._knobs.put(run.settings)
                self.action_run()
            case "recall":
                self._knobs.put(run.settings)
                self._hint_at(f"The knobs stand as in run {run.number}.")
            case "compare":
                self._do(partial(runs.compare, run))
            case "remove":
                self._do(partial(runs.remove, run))
            case "export":
                ask_form(self.app, run, runs.export)

    def _do(self, action: Callable[[], str]) -> None:
        """Do something to the runs, and show what has become of it."""
        self._visit.notice = ""
        self._hint_at(self._visit.attempt(action) or "")
        self._body.draw_compared(self._visit.runs)
        self._show()

    def _name_fault(self, picked: int) -> None:
        self._visit.grades.fault = picked
        self._show()

    def _look(self) -> None:
        """Take what has come from the processes and draw it."""
        if self._following.look():
            self._show()

    @property
    def _body(self) -> LabBody:
        return self.query_one(LabBody)

    @property
    def _knobs(self) -> KnobList:
        return self.query_one(KnobList)

    def _hint_at(self, text: str) -> None:
        if text:
            self.app.notify(text, timeout=4, markup=False)

    def _show(self) -> None:
        """Bring every text on the screen up to date."""
        if not self.is_mounted:
            return
        visit, width = self._visit, min(_WIDEST, self.app.size.width - 4)
        put(self.query_one("#where", Static), where(visit, self._place, width))
        put(self.query_one("#notice", Static), Content(visit.notice))
        self.query_one("#notice").set_class(not visit.notice, "-empty")
        put(self.query_one("#goals", Static), goals(visit))
        show_run(self._body.run, visit, width)
        self.query_one(KeyBar).show(*keys(visit, self._body))
