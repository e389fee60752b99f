"""All questions of an exam that runs, before it is handed in: which have a response, which are flagged."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.exam import desk
from coursekit.exam.telling import glyphs, open_places
from coursekit.prose import inline
from coursekit.tui.exam.clock import ExamClock
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import HERE, QUIET, line_content, spread

if TYPE_CHECKING:  # it opens this screen
    from coursekit.tui.screens.exam import ExamScreen

_WIDEST = 92
_TICK_SECONDS = 1


class ExamReviewScreen(CourseScreen):
    """A list of the places; enter goes to one, d hands in."""

    DEFAULT_CSS = """
    ExamReviewScreen #top { width: 100%; max-width: 96; height: auto; padding: 0 2; }
    ExamReviewScreen #said { width: 1fr; height: auto; }
    ExamReviewScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,D", "hand_in", "hand in"),
        Binding("escape,m,M", "dismiss", "go on with the exam"),
    ]
    AUTO_FOCUS = "Outline"

    def __init__(self, exam: "ExamScreen") -> None:
        super().__init__()
        self._exam = exam
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Lay out what is open, the clock, the list, the keys."""
        with Horizontal(id="top"):
            yield Static(self._said(), id="said", markup=False)
            yield ExamClock()
        yield Outline(self._rows())
        yield KeyBar(
            ("enter", "enter", "go there"),
            ("d", "d", "hand in"),
            ("question_mark", "?", "keys"),
            ("escape", "esc", "back to the exam"),
        )

    def on_mount(self) -> None:
        """Begin at the question at hand, and keep the time."""
        self.query_one(Outline).go(f"place:{self._exam.sitting.at}")
        self._tick()
        self.set_interval(_TICK_SECONDS, self._tick)

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self.query_one(Outline).show(self._rows())

    async def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Go to a question, or hand in."""
        if not self.is_active:  # enter twice: the first has gone there
            return
        kind, _, place = event.name.partition(":")
        if kind == "place":
            self.dismiss()
            await self._exam.go(int(place))
        else:
            self.action_hand_in()

    def action_hand_in(self) -> None:
        """Hand in; while there are questions without a response, only when it is said twice."""
        if self._exam.sitting.missing and not self._is_warned:
            self._is_warned = True
            self.query_one("#said", Static).update(self._said())
            return
        self._exam.hand_in()
        self._tick()

    def _tick(self) -> None:
        """Show the time; leave when the exam is over."""
        if self._exam.sitting.ended is None:
            self.query_one(ExamClock).show(self._exam.left)
        elif self.is_active:
            self.dismiss()

    def _said(self) -> Content:
        said = open_places(self._exam.sitting)
        if self._is_warned:
            said += " What has none counts as a miss. Press d again to hand in."
        return Content.assemble(("Before you hand in", "bold"), f"\n{said}")

    def _rows(self) -> list[Row]:
        width, many = min(_WIDEST, self.app.size.width - 6), len(self._exam.sitting.places)
        rows = [Row(partial(self._line, place, width), f"place:{place}") for place in range(many)]
        return [*rows, Row(lambda: Content.styled("▸ Hand in", HERE), "hand-in")]

    def _line(self, place: int, width: int) -> Content:
        sitting = self._exam.sitting
        head = f"{place + 1:>3} {glyphs(sitting, place):3} "
        state = "" if sitting.responses[place] else "no response"
        return spread(Content(head) + self._stem(place), Content.styled(state, QUIET), width)

    def _stem(self, place: int) -> Content:
        """Return the first line of the question."""
        try:
            stem = desk.asked(self.app.course, self._exam.sitting.places[place]).stem
        except (CoursekitError, ValueError):
            return Content.styled("cannot be read any more", QUIET)
        return line_content(inline(" ".join(stem.split("\n\n")[0].split())))
