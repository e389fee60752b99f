"""Home: where you stand in the course, and the one obvious next thing to do."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coursekit.tui.home.overview import Overview
from coursekit.tui.home.rows import all_rows, head
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen

_WIDEST = 92
_FRESH_SECONDS = 30


class HomeScreen(CourseScreen):
    """The course as a tree of lessons and topics, with what is done and how well."""

    DEFAULT_CSS = """
    HomeScreen #title { width: 100%; max-width: 96; padding: 1 2 0 2; height: auto; }
    HomeScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,E", "exams", "mock exams"),
        Binding("s,S", "statistics", "how far you have come"),
        Binding("l,L", "labs", "go to the labs"),
        Binding("comma", "app.settings", "settings", key_display=","),
        Binding("left", "fold(True)", "fold a lesson"),
        Binding("right", "fold(False)", "unfold a lesson"),
    ]
    AUTO_FOCUS = "Outline"

    def __init__(self) -> None:
        super().__init__()
        self._folded: set[str] = set()
        self._found = Overview(self.app)
        self._drawn_width = 0
        self._was_left = False

    def compose(self) -> ComposeResult:
        """Lay out title, tree and keys."""
        self._found.read()
        width = self._drawn_width = self._width
        yield Static(head(self.app.course, self._found, width), id="title", markup=False)
        yield self._outline(all_rows(self.app.course, self._found, self._folded, width))
        yield KeyBar(
            ("enter", "enter", "start"),
            ("slash", "/", "search"),
            ("e", "e", "exam"),
            ("s", "s", "statistics"),
            ("question_mark", "?", "keys"),
            ("q", "q", "leave"),
        )

    def on_mount(self) -> None:
        """Keep an eye on the clock."""
        self._found.hand_in_overdue()
        self.set_interval(_FRESH_SECONDS, self._freshen)

    def _freshen(self) -> None:
        """Let what has become due show itself, and what another process has written."""
        if self.is_current and self._found.counted.seen:
            self._found.read()
            self._fill()

    def on_screen_resume(self) -> None:
        """Show what has changed since this screen was left."""
        if self.is_mounted and self.app.is_running and self.is_current and self._was_left:
            self._found.hand_in_overdue()
            self._found.read()
            self._fill()
        self._was_left = False

    def on_screen_suspend(self) -> None:
        """Remember to look again."""
        self._was_left = True

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        if self.is_mounted and self._width != self._drawn_width:  # 10 ms; the first frame has just been composed
            self._fill()

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Open what was chosen."""
        if not self.is_active:  # enter twice: the first has opened something
            return
        kind, _, name = event.name.partition(":")
        match kind:
            case "start":
                self.action_start()
            case "lesson":
                self.action_fold(name not in self._folded)
            case "topic":
                from coursekit.tui.starting import study_topic

                study_topic(self.app, self.app.course.topics[int(name)])
            case "lab":
                self.app.open_lab(name, "Labs")
            case _:
                pass

    def action_start(self) -> None:
        """Study what is due, then what is new today."""
        from coursekit.tui.starting import study_today

        study_today(self.app, self._found.day)

    def action_exams(self) -> None:
        """Open the mock exams."""
        from coursekit.tui.screens.exams import ExamsScreen

        self.app.push_screen(ExamsScreen())

    def action_statistics(self) -> None:
        """Show how far the learner has come."""
        from coursekit.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen())

    def action_labs(self) -> None:
        """Move to the first lab."""
        if names := self.app.course.lab_names():
            self.query_one(Outline).go(f"lab:{names[0]}", above=1)

    def action_fold(self, fold: bool) -> None:
        """Fold or unfold the lesson at the cursor."""
        tree = self.query_one(Outline)
        kind, _, name = tree.at.partition(":")
        if kind == "topic":
            name = self.app.course.topics[int(name)].lesson
        if kind in ("lesson", "topic") and (name in self._folded) != fold:
            self._folded ^= {name}
            tree.go(f"lesson:{name}")
            self._fill()

    @property
    def _width(self) -> int:
        return min(_WIDEST, self.app.size.width - 4)

    def _outline(self, rows: Sequence[Row]) -> Outline:
        """Make the tree. One longer than the screen has its scrollbar at once: found out later it costs a layout."""
        tree = Outline(rows)
        tree.set_reactive(Outline.show_vertical_scrollbar, len(rows) > self.app.size.height)
        return tree

    def _fill(self) -> None:
        """Draw again, the cursor staying where it was."""
        width = self._drawn_width = self._width
        self.query_one("#title", Static).update(head(self.app.course, self._found, width))
        self.query_one(Outline).show(all_rows(self.app.course, self._found, self._folded, width))
