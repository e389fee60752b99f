"""A lab of code: write in your own editor; every save is checked, and g has the file graded on fresh cases."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.files import shown
from coursekit.lab.code.definition import CodeLab
from coursekit.tui.keybar import Key, KeyBar
from coursekit.tui.lab.checking import Checking
from coursekit.tui.lab.checks_text import checks_content, failing_lines, is_unwritten, summary
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import QUIET, spread

_WIDEST = 120
_LOOK_SECONDS = 1 / 10
_CHECKS_BEFORE_WHY = 3
_BEGIN = "Write in {} with your own editor, or press e. Every save is checked."


class CodeLabScreen(CourseScreen):
    """Instructions above, checks below; the file lies in the folder in which the app was started."""

    DEFAULT_CSS = """
    CodeLabScreen #where { width: 100%; max-width: 124; height: 1; padding: 0 2; color: $text-muted; }
    CodeLabScreen #text { width: 100%; max-width: 124; height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    CodeLabScreen #text ProseView { margin: 0 0 1 0; max-width: 92; }
    CodeLabScreen #below { width: 100%; max-width: 124; height: auto; max-height: 65%; padding: 0 2 0 2;
        border-top: solid $panel; scrollbar-size-vertical: 1; }
    CodeLabScreen #below Static { height: auto; }
    CodeLabScreen #notice { width: 100%; max-width: 124; height: auto; padding: 0 2; color: $text-error; }
    CodeLabScreen #notice.-empty { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "put the starter beside, to write in"),
        Binding("enter", "check", "check the file now; it is checked at every save"),
        Binding("e", "edit", "open the file in your editor"),
        Binding("g", "grade", "have the file graded on fresh cases, hidden checks too"),
        Binding("x", "stop", "stop the checks"),
        Binding("h", "hint", "show a hint"),
        Binding("w", "why", "the explanation, once you have tried"),
        Binding("u", "links", "list the links on this page"),
        Binding("escape", "back", "leave the lab"),
        Binding("up", "scroll('up')", "a line up", show=False),
        Binding("down", "scroll('down')", "a line down", show=False),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
        Binding("left", "scroll_checks('up')", "the checks, a line up"),
        Binding("right", "scroll_checks('down')", "the checks, a line down"),
    ]

    def __init__(self, lab: CodeLab, place: str) -> None:
        super().__init__()
        self.lab = lab
        self._place = place
        self._path = Path(lab.file)
        self._checking: Checking | None = None
        self._is_grading = False
        self._is_busy = False  # while a check goes on
        self._facts: tuple[int, ...] | None = None  # of the file, when it was last looked at in vain
        self._best = ""
        self._shown = Content("")  # the checks, as they stand there
        self._results: dict[str, dict[str, Any]] = {}
        self._checked = 0
        self._said = ""
        self._notice = ""
        self._hints = 0

    def compose(self) -> ComposeResult:
        """Lay out the text, the checks, and the keys."""
        yield Static("", id="where", markup=False)
        with VerticalScroll(id="text", can_focus=False):
            yield ProseView(f"**{self.lab.title}**\n\n{self.lab.instructions}")
        yield Static("", id="notice", markup=False)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="said", markup=False)
            yield Static("", id="checks", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to watch the file, if it is there."""
        self._best = self._best_grade()
        self.set_interval(_LOOK_SECONDS, self._look)
        self._watch()

    def on_unmount(self) -> None:
        """End the checks with the screen."""
        self._end()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._show()

    def action_start(self) -> None:
        """Copy the starter; a file that is there stays as it is."""
        from coursekit.lab.code.submission import begin  # needed once in a lab

        try:
            begin(self.lab, self._path.parent)
        except (CoursekitError, OSError) as error:
            self._tell(str(error) if isinstance(error, CoursekitError) else f"{self._path}: {error.strerror}.")
            return
        self._watch()

    def action_check(self) -> None:
        """Check the file now; where there is none yet, begin it."""
        if self._path.exists():
            self._watch()
        else:
            self.action_start()

    def action_grade(self) -> None:
        """Have the file graded."""
        if not self._is_there():
            return
        self._end()
        self._results, self._notice, self._said = {}, "", ""
        self._is_grading = self._is_busy = True
        hints = ("--hints", str(self._hints))  # the attempt that the grade makes says how many were read
        self._checking = Checking((*self._arguments("grade"), *hints), self.app.log_file)
        self._show()

    def action_stop(self) -> None:
        """End the checks."""
        self._end()
        self._said = "Stopped. Save the file, or press enter, to check again."
        self._show()

    def action_edit(self) -> None:
        """Open the file in the learner's editor."""
        from coursekit.tui.editor import command, open_editor

        if not self._is_there():
            return
        try:
            open_editor(command(os.environ, str(self._path), 1), self.app.suspend())
        except CoursekitError as error:
            self._tell(str(error))
        self.app.refresh()

    async def action_hint(self) -> None:
        """Add the next hint to the text and show it."""
        if self._hints >= len(self.lab.hints):
            self._hint_at("There are no more hints.")
        else:
            self._hints += 1
            await self._add_text(ProseView(self.lab.hints[self._hints - 1], label=f"Hint {self._hints}"))

    async def action_why(self) -> None:
        """Show the explanation, once there is something to hold it against."""
        has_passed = bool(self._results) and all(each["verdict"] == "passed" for each in self._results.values())
        if not has_passed and self._checked < _CHECKS_BEFORE_WHY:
            self._hint_at(f"The explanation tells a way. Pass the checks, or try {_CHECKS_BEFORE_WHY} times first.")
        elif not self.query("#why"):
            await self._add_text(ProseView(self.lab.explanation, label="Why", id="why"))

    def action_links(self) -> None:
        """Ask which link of the text to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self)

    def action_scroll(self, where: str) -> None:
        """Scroll the text."""
        getattr(self.query_one("#text", VerticalScroll), f"scroll_{where}")(animate=False)

    def action_scroll_checks(self, where: str) -> None:
        """Scroll the checks."""
        getattr(self.query_one("#below", VerticalScroll), f"scroll_{where}")(animate=False)

    def action_back(self) -> None:
        """Leave the lab; what goes on ends with it."""
        self.dismiss()

    def _watch(self) -> None:
        """Check the file, now and at every save."""
        self._end()
        self._notice = ""
        if self._path.exists():
            self._is_busy = True
            self._checking = Checking(self._arguments("watch"), self.app.log_file)
        self._show()

    def _arguments(self, action: str) -> Sequence[str]:
        places = ("--course", str(self.app.course.folder), "--home", str(self.app.home))
        return (action, self.lab.name, str(self._path), *places)

    def _is_there(self) -> bool:
        if not self._path.exists():
            self._tell(f"There is no {shown(self._path)} yet. Press s to put the starter there.")
        return self._path.exists()

    def _end(self) -> None:
        if self._checking:
            self._checking.stop()
        self._rest()

    def _rest(self) -> None:
        """Check no longer, until the file is saved again."""
        self._checking, self._is_busy, self._is_grading = None, False, False
        self._facts = _facts(self._path)

    def _look(self) -> None:
        """Take what has come; where nothing is checked, begin when the file is saved or made."""
        if not self._checking:
            if _facts(self._path) not in (self._facts, None):
                self._watch()
            return
        has_ended = self._checking.has_ended
        news = self._checking.take()
        for record in news:
            self._take(record)
        if has_ended and self._checking:
            self._ended()
        elif news:
            self._show()
        if news:
            self.call_after_refresh(self._bring_failure)

    def _bring_failure(self) -> None:
        """Scroll the checks as far as it needs to see the first that fails, as a whole or from its top."""
        below, checks = self.query_one("#below", VerticalScroll), self.query_one("#checks", Static)
        lines = failing_lines(self._shown)
        if lines and below.max_scroll_y:
            top = checks.virtual_region.y
            below.scroll_to(y=min(top + lines.start, top + lines.stop - below.size.height), animate=False)

    def _take(self, record: dict[str, Any]) -> None:
        match record["type"]:
            case "saved":
                self._results, self._notice, self._said, self._is_busy = {}, "", "", True
            case "check":
                self._results[record["name"]] = record
            case "watch" | "grade":
                self._results = {each["name"]: each for each in record["checks"]}
                self._is_busy = False
                self._checked += 1
                self._said = summary(record)
                self._best = self._best_grade()
            case _:
                self._notice, self._is_busy = record.get("message", ""), False

    def _ended(self) -> None:
        """Leave a grade to be read until the file is saved again; a watch that ended by itself is told."""
        self._rest()
        self._best = self._best_grade()  # it was recorded after it was told
        if not self._said and not self._notice:
            self._notice = "The checks ended without a result. The log says why: press enter to try again."
        self._show()

    def _best_grade(self) -> str:
        """Say the best grade so far; a record that cannot be read says so elsewhere."""
        try:
            grades = self.app.store.grades(self.lab.name)
        except CoursekitError:
            return ""
        best = max(grades, key=lambda grade: grade.points / grade.out_of, default=None)
        return f"best grade {best.points:g} of {best.out_of:g} · " if best else ""

    async def _add_text(self, view: ProseView) -> None:
        text = self.query_one("#text", VerticalScroll)
        await text.mount(view)
        self.call_after_refresh(text.scroll_end, animate=False)

    def _tell(self, problem: str) -> None:
        self._notice = problem
        self._show()

    def _hint_at(self, text: str) -> None:
        self.app.notify(text, timeout=6, markup=False)

    def _show(self) -> None:
        """Bring every text up to date."""
        if not self.is_mounted:
            return
        width = min(_WIDEST, self.app.size.width - 4)
        where = spread(
            Content(f"{self._place} › lab {self.lab.name}"), Content(f"{self._best}{shown(self._path)}"), width
        )
        self.query_one("#where", Static).update(where)
        self.query_one("#notice", Static).update(Content(self._notice))
        self.query_one("#notice").set_class(not self._notice, "-empty")
        checks = checks_content(self.lab.checks, self._results, width - 2, is_running=self._is_busy)  # a scrollbar
        self.query_one("#checks", Static).update(checks)
        self._shown = checks
        self.query_one("#said", Static).update(Content.styled(self._state(), QUIET))
        self.query_one(KeyBar).show(*self._keys())

    def _state(self) -> str:
        if self._is_grading:
            return "Grading on fresh cases …"
        if self._is_busy:
            return "Checking …"
        if self._said:
            is_begun = not is_unwritten(self._results)
            return self._said if is_begun else f"{self._said}\n{_BEGIN.format(shown(self._path))}"
        if self._path.exists():
            return ""
        return f"Press s to put the starter into {shown(self._path)}, in {Path.cwd()}, and write there."

    def _keys(self) -> list[Key]:
        last: list[Key] = [("question_mark", "?", "keys"), ("escape", "esc", "back"), ("h", "h", "hint")]
        if not self._path.exists():
            return [("s", "s", "start"), *last]
        now: Key = ("x", "x", "stop") if self._is_busy else ("enter", "enter", "check")
        return [("e", "e", "edit"), ("g", "g", "grade"), now, *last]


def _facts(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file is saved, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
