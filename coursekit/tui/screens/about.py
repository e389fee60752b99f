"""What the course says of itself: the introduction in its `course.md`."""

from typing import ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.course import Course
from coursekit.tui.keybar import KeyBar
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen

_NONE = "This course has no introduction: it would stand in `content/course.md`, below the front matter."


@final
class AboutScreen(CourseScreen):
    """The title, where the course belongs, and the introduction."""

    DEFAULT_CSS = """
    AboutScreen Page { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; }
    AboutScreen Static { height: auto; }
    AboutScreen #belongs { margin: 0 0 1 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,U", "links", "list the links on this page"),
        Binding("escape", "dismiss", "go back"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the title, the introduction, and the keys."""
        course = self.app.course
        belongs = " › ".join(part for part in (course.field, course.programme) if part)
        with Page():
            yield Static(Content.styled(course.title, "bold"), markup=False)
            yield Static(belongs, id="belongs", markup=False)
            yield ProseView(_introduction(course) or _NONE)
        yield KeyBar(("escape", "esc", "back"), ("u", "u", "links"), ("question_mark", "?", "keys"))

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        page = self.query_one(Page)
        page.can_focus = True
        page.focus()

    def action_links(self) -> None:
        """Ask which link of the introduction to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self)


def _introduction(course: Course) -> str:
    return course.front.text.source.strip()
