"""A question as its author sees it: in every state, next to its source and its problems, live on save."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.widgets import Static

from coursekit.course import Course
from coursekit.errors import ContentError, CoursekitError
from coursekit.questions._question import Question
from coursekit.questions._variants import draw
from coursekit.tui.editor import command, open_editor
from coursekit.tui.keybar import KeyBar
from coursekit.tui.preview_deck import Found, Leaf, deck, follow, is_same, source_lines
from coursekit.tui.preview_states import STATES, in_state
from coursekit.tui.preview_text import (
    PARTS,
    Problems,
    part_content,
    parts_content,
    place_content,
    preview_keys,
    problems_content,
    problems_of,
    states_content,
    variant_text,
)
from coursekit.tui.preview_watch import Watching, check_beside
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.source_view import SourceView
from coursekit.tui.text import QUIET, spread

_SCROLLED = {"question": "#page", "source": "#lines", "problems": "#list"}
_SIDE_BY_SIDE = 100  # columns, from which on there is room for two texts beside each other


class PreviewScreen(CourseScreen):
    """Leafs through a course; nothing that is shown here is stored."""

    SEARCHES: ClassVar[bool] = False

    DEFAULT_CSS = """
    PreviewScreen #where { width: 100%; height: auto; padding: 0 2; color: $text-muted; }
    PreviewScreen #parts { height: 1fr; }
    PreviewScreen #parts > Vertical { width: 1fr; }
    PreviewScreen .head { height: 1; padding: 0 2; }
    PreviewScreen #error { display: none; height: auto; padding: 1 4; }
    PreviewScreen.-broken #error { display: block; }
    PreviewScreen.-broken #page { display: none; }
    PreviewScreen.-exam #page { padding: 1 2 0 2; }
    PreviewScreen #source, PreviewScreen #problems { height: 1fr; }
    PreviewScreen #lines { padding: 1 1 0 2; }
    PreviewScreen #list { height: auto; max-height: 100%; padding: 1 2 1 4; }
    PreviewScreen #found { height: auto; }
    PreviewScreen.-wide #beside { border-left: solid $foreground 20%; }
    PreviewScreen.-wide #problems { height: auto; max-height: 40%; }
    PreviewScreen.-narrow .head { display: none; }
    PreviewScreen.-narrow #question, PreviewScreen.-narrow #beside { display: none; }
    PreviewScreen.-narrow.-question #question { display: block; }
    PreviewScreen.-narrow.-source #beside, PreviewScreen.-narrow.-problems #beside { display: block; }
    PreviewScreen.-narrow.-source #problems, PreviewScreen.-narrow.-problems #source { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "state('fresh')", "as it is asked", key_display="1"),
        Binding("h,H,2", "state('hint')", "with every hint"),
        Binding("3", "state('right')", "after the key"),
        Binding("4", "state('wrong')", "after a wrong response"),
        Binding("5", "state('exam')", "as a mock exam asks it"),
        Binding("left", "turn(-1)", "the state before"),
        Binding("right", "turn(1)", "the state after"),
        Binding("n,N", "go(1)", "next question"),
        Binding("p,P", "go(-1)", "previous question"),
        Binding("v", "vary(1)", "next variant"),
        Binding("V", "vary(-1)", "previous variant"),
        Binding("e,E", "edit", "open your editor at the line"),
        Binding("tab", "part(1)", "next part"),
        Binding("shift+tab", "part(-1)", "previous part"),
        Binding("up,k", "scroll('up')", "scroll up"),
        Binding("down,j", "scroll('down')", "scroll down"),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
        Binding("escape", "app.leave", "leave the preview"),
    ]
    AUTO_FOCUS = None

    class Reopened(Message):
        """The course was read again, or cannot be."""

        def __init__(self, course: Course | CoursekitError, is_saved: bool) -> None:
            super().__init__()
            self.course = course
            self.is_saved = is_saved

    class Checked(Message):
        """A course was checked."""

        def __init__(self, course: Course, findings: tuple[Found, ...], error: CoursekitError | None) -> None:
            super().__init__()
            self.course = course
            self.findings = findings
            self.error = error

    def __init__(self, leaf: Leaf, reopen: Callable[[], Course], state: str = STATES[0]) -> None:
        super().__init__()
        self._leaf = self._wanted = leaf
        self._reopen = reopen
        self._leaves: tuple[Leaf, ...] = ()
        self._state = state
        self._part = PARTS[0]
        self._seed = 0
        self._variant = ""
        self._question: Question | None = None
        self._error: CoursekitError | None = None
        """Why the course cannot be opened now."""
        self._broken: CoursekitError | None = None
        """Why this question cannot be shown now."""
        self._findings: tuple[Found, ...] | None = None
        self._unchecked: CoursekitError | None = None
        """Why the check ended early."""
        self._watching: Watching | None = None

    def compose(self) -> ComposeResult:
        """Lay out where you are, the question beside its source and its problems, and the keys."""
        self._lay_out()
        yield Static("", id="where", markup=False)
        with Horizontal(id="parts"):
            with Vertical(id="question"):
                yield Static("", classes="head", markup=False)
                yield Static("", id="error", markup=False)
                yield QuestionPage(id="page")
            with Vertical(id="beside"):
                with Vertical(id="source"):
                    yield Static("", classes="head", markup=False)
                    yield SourceView(id="lines")
                with Vertical(id="problems"):
                    yield Static("", classes="head", markup=False)
                    with VerticalScroll(id="list", can_focus=False):
                        yield Static("", id="found", markup=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the question; from now on look for saved files."""
        self._leaves = deck(self.app.course)
        await self._show_question()
        self._check()
        self._watching = Watching(self.app.course.folder, self._reopen, self._tell_reopened)

    def on_unmount(self) -> None:
        """Stop looking for saved files."""
        if self._watching:
            self._watching.stop()

    def on_resize(self) -> None:
        """Set the parts beside each other, or one at a time."""
        self._show_parts()

    async def on_preview_screen_reopened(self, event: Reopened) -> None:
        """Show the same question as it is now; one that cannot be read keeps its place."""
        if isinstance(event.course, CoursekitError):
            self._error = event.course
            await self._show_question()
            return
        if not event.is_saved and not self._error and is_same(event.course, self.app.course):
            return
        self.app.course = event.course
        self._leaves = deck(event.course)
        self._leaf, self._error = follow(self._leaves, self._wanted), None
        if self._leaf.name and (self._leaf.name == self._wanted.name or self._leaf.line == self._wanted.line):
            self._wanted = self._leaf  # else half of a file was saved: what was looked at comes back
        await self._show_question()
        self._check()

    def on_preview_screen_checked(self, event: Checked) -> None:
        """Show what the check has found, unless a file was saved meanwhile."""
        if event.course is self.app.course:
            self._findings, self._unchecked = event.findings, event.error
            self._show_parts()

    async def action_state(self, state: str) -> None:
        """Show the question in a state; a verdict is scrolled into view."""
        self._state = state
        if self.has_class("-narrow"):
            self._part = "question"  # or nothing would be seen of it
        await self._show_question()
        if scores := self.query(".score"):
            self._page.bring(scores.last(), lines=6)
        else:
            self._page.scroll_home(animate=False)

    async def action_turn(self, by: int) -> None:
        """Show the state before or after."""
        await self.action_state(STATES[(STATES.index(self._state) + by) % len(STATES)])

    async def action_go(self, by: int) -> None:
        """Show the next question, or the previous one."""
        place = self._leaves.index(self._leaf) + by
        if not 0 <= place < len(self._leaves):
            self.app.notify(f"This is the {'last' if by > 0 else 'first'} question.", timeout=3, markup=False)
            return
        self._leaf = self._wanted = self._leaves[place]
        self._seed = 0
        await self._show_question()
        for part in (self._page, self.query_one(SourceView), self.query_one("#list")):
            part.scroll_home(animate=False)

    async def action_vary(self, by: int) -> None:
        """Show the next variant, or the previous one."""
        if not self._variant:
            self.app.notify("This question has no variants: it has no params.", timeout=3, markup=False)
            return
        self._seed = max(0, self._seed + by)
        await self._show_question()

    def action_part(self, by: int) -> None:
        """Go to another part: the arrows scroll it, and where room is short it is the one that is shown."""
        self._part = PARTS[(PARTS.index(self._part) + by) % len(PARTS)]
        self._show_parts()

    def action_scroll(self, where: str) -> None:
        """Scroll the part at hand."""
        getattr(self.query_one(_SCROLLED[self._part]), f"scroll_{where}")(animate=False)

    def action_edit(self) -> None:
        """Open the author's editor at the first problem of this question, or else at its heading."""
        path, line = self._at()
        try:
            open_editor(command(os.environ, path, line), self.app.suspend())
        except SuspendNotSupported:
            said = "This terminal cannot be lent to an editor. Set $VISUAL to one with a window, such as 'code'."
            self.app.notify(said, severity="warning", timeout=10, markup=False)
        except CoursekitError as error:
            self.app.notify(str(error), severity="warning", timeout=10, markup=False)

    @property
    def _page(self) -> QuestionPage:
        return self.query_one(QuestionPage)

    def _at(self) -> tuple[str, int]:
        """Say which line is to be mended."""
        if isinstance(self._broken, ContentError):
            return self._broken.path, self._broken.line
        return self._leaf.path, min(self._problems.lines, default=self._leaf.line)

    def _tell_reopened(self, course: Course | CoursekitError, is_saved: bool) -> None:
        self._tell(self.Reopened(course, is_saved))

    def _tell(self, message: Message) -> None:
        """Post a message from another thread; after the app has ended it goes nowhere."""
        with suppress(RuntimeError):
            self.post_message(message)

    def _check(self) -> None:
        course, self._findings, self._unchecked = self.app.course, None, None
        check_beside(course, lambda findings, error: self._tell(self.Checked(course, findings, error)))
        self._show_parts()

    async def _show_question(self) -> None:
        """Draw the question in its state, or why it cannot be read; all at once."""
        was_broken = self._broken is not None
        with self.app.batch_update():
            self._broken = self._error or await self._try_to_show()
            said = (
                f"✗ This question cannot be read.\n\n{self._broken}\n\nIt is shown again once it is mended and saved."
            )
            self._put("#error", Content(said))
            self._show_parts()
        if isinstance(self._broken, ContentError) and not was_broken:
            self.query_one(SourceView).bring(self._broken.line)

    async def _try_to_show(self) -> CoursekitError | None:
        try:
            self._question = self._read(self._seed)
            self._variant = self._drawn(self._question)
            await self._show_state(self._question)
        except CoursekitError as error:
            return error
        except NoMatches:  # the app is ending: nothing can be mounted any more
            return None
        return None

    def _read(self, seed: int) -> Question:
        if not self._leaf.name:
            raise self._leaf.error or ContentError(self._leaf.path, self._leaf.line, "This is no question yet.")
        return self.app.course.question(self._leaf.name, seed)

    async def _show_state(self, question: Question) -> None:
        shown = in_state(self.app.course, question, self._state, self.app.now())
        await self._page.show(
            shown.question,
            intro=self._introduction(question) if self._state == "fresh" else "",
            hints=shown.hints,
            submitted=shown.submitted,
            problem=shown.note,
            is_exam=self._state == "exam",
        )

    def _introduction(self, question: Question) -> str:
        """Place a topic in a few lines, above the first of its questions."""
        topic = self.app.course.topic_of[question.id]
        return topic.document.text.source if next(iter(topic.entries)) == question.id else ""

    def _show_parts(self) -> None:
        """Bring everything but the question up to date."""
        if not self.is_mounted:
            return
        is_wide = self._lay_out()
        self._put("#where", self._where(is_wide))
        problems = self._problems
        for name in PARTS:
            self._put(f"#{name} > .head", part_content(name, name == self._part, problems))
        self._put("#found", problems_content(problems))
        self.query_one(SourceView).show(source_lines(self._leaf), problems.lines)
        self.query_one(KeyBar).show(*preview_keys(has_variants=bool(self._variant) and self._broken is None))

    def _lay_out(self) -> bool:
        """Set the parts beside each other where there is room, else one at a time; say which."""
        is_wide = self.app.size.width >= _SIDE_BY_SIDE
        names = {"wide": is_wide, "narrow": not is_wide, "broken": self._broken is not None}
        names["exam"] = self._state == "exam"
        for name, is_so in (names | {part: part == self._part for part in PARTS}).items():
            self.set_class(is_so, f"-{name}")
        return is_wide

    @property
    def _problems(self) -> Problems:
        return problems_of(self._leaf, self._findings, self._broken or self._unchecked)

    def _where(self, is_wide: bool) -> Content:
        width = self.app.size.width - 4
        number = f"{self._leaves.index(self._leaf) + 1} of {len(self._leaves)}" if self._leaves else ""
        is_read = self._question is not None and self._broken is None
        kind = self._question.kind if self._question and is_read else ""
        rows = [place_content(self._leaf, kind, number, width), states_content(self._state)]
        if self._variant and is_read:
            variant = Content.styled(self._variant, QUIET)
            rows = [rows[0], spread(rows[1], variant, width)] if is_wide else [*rows, Content("  ") + variant]
        return Content("\n").join(rows if is_wide else [*rows, parts_content(self._part, self._problems)])

    def _drawn(self, question: Question) -> str:
        """Say which variant this is, nothing of a question without any."""
        if not self._read(1).seed:
            return ""
        section = self.app.course.topic_of[question.id].sections[question.id]
        return variant_text(self._seed, draw(section.fields(), self._seed))

    def _put(self, name: str, content: Content) -> None:
        self.query_one(name, Static).update(content)
