"""The first visit: three short cards, then a question."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.study.welcome import CARDS
from coursekit.tui.keybar import KeyBar
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import HERE, QUIET

if TYPE_CHECKING:
    from textual.worker import Worker

    from coursekit.course import Course, Cover


class WelcomeScreen(CourseScreen):
    """One card at a time; after the last the first question, with Home behind it."""

    DEFAULT_CSS = """
    WelcomeScreen #where { width: 100%; max-width: 96; height: auto; padding: 1 2 0 2; }
    WelcomeScreen #card { width: 100%; max-width: 96; height: 1fr; padding: 2 2 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space", "next", "the next card, then the first question"),
        Binding("left", "before", "the card before"),
        Binding("escape", "home", "leave the cards for Home"),
    ]

    def __init__(self, cover: "Cover") -> None:
        super().__init__()
        self._called = cover
        self._at = 0
        self._reading: Worker[Course | None] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the course's title, a card, and the keys."""
        subtitle = " · ".join(part for part in ("exam review", self._called.programme) if part)
        title = Content("\n").join((Content.styled(self._called.title, "bold"), Content.styled(subtitle, QUIET)))
        yield Static(title, id="where", markup=False)
        yield Static(self._card(), id="card", markup=False)
        yield KeyBar(*self._keys())

    def on_mount(self) -> None:
        """Read the course once the card stands there."""
        self.call_after_refresh(self._begin_reading)

    async def action_next(self) -> None:
        """Turn to the next card; after the last ask the first questions."""
        if self._at + 1 < len(CARDS):
            self._turn(self._at + 1)
            return
        from coursekit.tui.starting import study_first  # 8 ms, and the first frame is a card

        app = self.app
        await self.action_home()
        if app.screen is not self:
            study_first(app)

    def action_before(self) -> None:
        """Turn back."""
        self._turn(max(0, self._at - 1))

    async def action_home(self) -> None:
        """Go to Home."""
        if not await self._has_course():
            return
        from coursekit.tui.screens.home import HomeScreen

        await self.app.push_screen(HomeScreen())  # the first screen of all cannot be replaced

    async def on_click(self) -> None:
        """Turn on, as enter does."""
        await self.action_next()

    def _begin_reading(self) -> None:
        """Read the course in a thread: one of very many questions takes a second."""
        if not self._reading:
            self._reading = self.run_worker(self._read, thread=True)

    def _read(self) -> "Course | None":
        """Read the course; leave with one line where that cannot be done."""
        try:
            return self.app.course
        except CoursekitError as error:
            self.app.call_from_thread(self.app.exit, None, 2, Text(f"coursekit: {error}"))
            return None

    async def _has_course(self) -> bool:
        self._begin_reading()
        return bool(self._reading and await self._reading.wait())

    def _turn(self, to: int) -> None:
        self._at = to
        self.query_one("#card", Static).update(self._card())
        self.query_one(KeyBar).show(*self._keys())

    def _card(self) -> Content:
        title, *lines = CARDS[self._at]
        count = Content.styled(f"{self._at + 1} of {len(CARDS)}", QUIET)
        head = Content.assemble((title, HERE), "   ", count)
        return Content("\n").join((head, Content(""), *(Content(line) for line in lines)))

    def _keys(self) -> list[tuple[str, str, str]]:
        is_last = self._at + 1 == len(CARDS)
        turn = ("enter", "enter", "the first question" if is_last else "next")
        return [turn, ("escape", "esc", "to the course"), ("question_mark", "?", "keys"), ("q", "q", "leave")]
