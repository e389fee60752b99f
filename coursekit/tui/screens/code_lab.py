"""A lab of code: write in your own editor; every save is checked, and g has the file graded on fresh cases."""

import os
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.lab.code.definition import CodeLab
from coursekit.tui.keybar import KeyBar
from coursekit.tui.lab.checks_text import checks_content, failing_lines
from coursekit.tui.lab.code_desk import CodeDesk
from coursekit.tui.lab.code_texts import keys, not_there, state, where
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import QUIET

_WIDEST = 120
_LOOK_SECONDS = 1 / 10


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
        Binding("s,S", "start", "put the starter beside, to write in"),
        Binding("enter", "check", "check the file now; it is checked at every save"),
        Binding("e,E", "edit", "open the file in your editor"),
        Binding("g,G", "grade", "have the file graded on fresh cases, hidden checks too"),
        Binding("x,X", "stop", "stop the checks"),
        Binding("h,H", "hint", "show a hint"),
        Binding("w,W", "why", "the explanation, once you have tried"),
        Binding("u,U", "links", "list the links on this page"),
        Binding("escape", "back", "leave the lab"),
        Binding("up,k", "scroll('up')", "a line up", show=False),
        Binding("down,j", "scroll('down')", "a line down", show=False),
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
        self._desk = CodeDesk(lab, self.app)
        self._shown = Content("")  # the checks, as they stand there

    def compose(self) -> ComposeResult:
        """Lay out the text, the checks, and the keys."""
        yield Static("", id="where", markup=False)
        with VerticalScroll(id="text", can_focus=False):
            yield ProseView(f"**{self.lab.title}**\n\n{self.lab.instructions}")
            yield from self._desk.hints.read_before()
        yield Static("", id="notice", markup=False)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="said", markup=False)
            yield Static("", id="checks", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to watch the file, if it is there."""
        self._desk.read_best()
        self.set_interval(_LOOK_SECONDS, self._look)
        self._desk.watch()
        self._show()

    def on_unmount(self) -> None:
        """End the checks with the screen."""
        self._desk.end()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._show()

    def action_start(self) -> None:
        """Copy the starter; a file that is there stays as it is."""
        self._desk.begin()
        self._show()

    def action_check(self) -> None:
        """Check the file now; where there is none yet, begin it."""
        if self._desk.path.exists():
            self._desk.watch()
        else:
            self._desk.begin()
        self._show()

    def action_grade(self) -> None:
        """Have the file graded."""
        if self._is_there():
            self._desk.have_graded()
            self._show()

    def action_stop(self) -> None:
        """End the checks."""
        self._desk.stop()
        self._show()

    def action_edit(self) -> None:
        """Open the file in the learner's editor."""
        from coursekit.tui.editor import command, open_editor

        if not self._is_there():
            return
        try:
            open_editor(command(os.environ, str(self._desk.path), 1), self.app.suspend())
        except CoursekitError as error:
            self._tell(str(error))
        self.app.refresh()

    async def action_hint(self) -> None:
        """Add the next hint to the text and show it."""
        if hint := self._desk.hints.next():
            self._desk.read_hint()
            await self._add_text(hint)
        else:
            self._hint_at("There are no more hints.")

    async def action_why(self) -> None:
        """Show the explanation, once there is something to hold it against."""
        if said := self._desk.why_no_explanation:
            self._hint_at(said)
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

    def _is_there(self) -> bool:
        is_there = self._desk.path.exists()
        if not is_there:
            self._tell(not_there(self._desk.path))
        return is_there

    def _look(self) -> None:
        """Take what has come from the checks, and draw it."""
        is_new, has_said = self._desk.look()
        if is_new:
            self._show()
        if has_said:
            self.call_after_refresh(self._bring_failure)

    def _bring_failure(self) -> None:
        """Scroll the checks as far as it needs to see the first that fails, as a whole or from its top."""
        if not self.query("#checks"):  # the screen is being closed
            return
        below, checks = self.query_one("#below", VerticalScroll), self.query_one("#checks", Static)
        lines = failing_lines(self._shown)
        if lines and below.max_scroll_y:
            top = checks.virtual_region.y
            below.scroll_to(y=min(top + lines.start, top + lines.stop - below.size.height), animate=False)

    async def _add_text(self, view: ProseView) -> None:
        text = self.query_one("#text", VerticalScroll)
        await text.mount(view)
        self.call_after_refresh(text.scroll_to_widget, view, animate=False, top=True)

    def _tell(self, problem: str) -> None:
        self._desk.notice = problem
        self._show()

    def _hint_at(self, text: str) -> None:
        self.app.notify(text, timeout=6, markup=False)

    def _show(self) -> None:
        """Bring every text up to date."""
        if not self.is_mounted:
            return
        desk, width = self._desk, min(_WIDEST, self.app.size.width - 4)
        self.query_one("#where", Static).update(where(self._place, self.lab.name, desk, width))
        self.query_one("#notice", Static).update(Content(desk.notice))
        self.query_one("#notice").set_class(not desk.notice, "-empty")
        self._shown = checks_content(self.lab.checks, desk.results, width - 2, is_running=desk.is_busy)  # a scrollbar
        self.query_one("#checks", Static).update(self._shown)
        self.query_one("#said", Static).update(Content.styled(state(desk), QUIET))
        self.query_one(KeyBar).show(*keys(desk))
