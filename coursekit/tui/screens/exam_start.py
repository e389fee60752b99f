"""Before an exam: what it is, what it asks for, and one key that begins it."""

from random import SystemRandom
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.telling import rules
from coursekit.tui.keybar import KeyBar
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.telling import tell
from coursekit.tui.text import HERE

_SEEDS = 1_000_000


class ExamStartScreen(CourseScreen):
    """The introduction; the clock does not run yet."""

    DEFAULT_CSS = """
    ExamStartScreen Page { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; }
    ExamStartScreen Page > * { padding-right: 1; height: auto; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin; the clock starts"),
        Binding("escape", "dismiss", "go back"),
    ]

    def __init__(self, exam: Blueprint, sat: int) -> None:
        super().__init__()
        self._exam = exam
        self._sat = sat

    def compose(self) -> ComposeResult:
        """Lay out title, rules, introduction and keys."""
        page = Page(
            Static(Content.styled(self._exam.title, "bold"), markup=False),
            Static("\n".join(rules(self._exam, self._sat)), markup=False),
            *([ProseView(self._exam.intro)] if self._exam.intro else []),
            Static(Content.styled("▸ enter begins, and the clock starts", HERE), markup=False),
        )
        page.can_focus = True
        yield page
        yield KeyBar(("enter", "enter", "begin"), ("question_mark", "?", "keys"), ("escape", "esc", "back"))

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(Page).focus(scroll_visible=False)

    def action_begin(self) -> None:
        """Draw the questions and begin."""
        from coursekit.tui.screens.exam import ExamScreen

        seed = SystemRandom().randrange(_SEEDS)
        try:
            sitting = desk.begin(self.app.course, self.app.store, self._exam, seed, self.app.now())
        except CoursekitError as error:
            tell(self.app, error)
            return
        self.give_way(ExamScreen(sitting))
