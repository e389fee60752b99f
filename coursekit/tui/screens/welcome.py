"""The first visit: three short cards, then a question."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.study.welcome import CARDS
from coursekit.tui.keybar import KeyBar
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import HERE, QUIET


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

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the course's title, a card, and the keys."""
        course = self.app.course
        subtitle = " · ".join(part for part in ("exam review", course.programme) if part)
        title = Content("\n").join((Content.styled(course.title, "bold"), Content.styled(subtitle, QUIET)))
        yield Static(title, id="where", markup=False)
        yield Static(self._card(), id="card", markup=False)
        yield KeyBar(*self._keys())

    async def action_next(self) -> None:
        """Turn to the next card; after the last ask the first questions."""
        if self._at + 1 < len(CARDS):
            self._turn(self._at + 1)
            return
        from coursekit.tui.starting import study_first  # 8 ms, and the first frame is a card

        app = self.app
        await self.action_home()
        study_first(app)

    def action_before(self) -> None:
        """Turn back."""
        self._turn(max(0, self._at - 1))

    async def action_home(self) -> None:
        """Go to Home."""
        from coursekit.tui.screens.home import HomeScreen

        await self.app.push_screen(HomeScreen())  # the first screen of all cannot be replaced

    async def on_click(self) -> None:
        """Turn on, as enter does."""
        await self.action_next()

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
