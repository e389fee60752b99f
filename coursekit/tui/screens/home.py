"""Home: where you stand in the course, and the one obvious next thing to do."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.course import Course, Topic
from coursekit.plots.bar import State, dots
from coursekit.scheduling import Card
from coursekit.session import Standing, plan, standing
from coursekit.store.place import exists
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import HERE, PARTLY, QUIET, RIGHT, spread

if TYPE_CHECKING:  # the app imports this screen
    from coursekit.store.store import LabGrade, LabRun

_WIDEST = 92
_FRESH_SECONDS = 30


class HomeScreen(CourseScreen):
    """The course as a tree of lessons and topics, with what is done and how well."""

    DEFAULT_CSS = """
    HomeScreen #title { width: 100%; max-width: 96; padding: 1 2 0 2; height: auto; }
    HomeScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "start with what is due and new"),
        Binding("l", "labs", "go to the labs"),
        Binding("left", "fold(True)", "fold a lesson"),
        Binding("right", "fold(False)", "unfold a lesson"),
    ]
    AUTO_FOCUS = "Outline"

    def __init__(self) -> None:
        super().__init__()
        self._folded: set[str] = set()
        self._cards: Mapping[str, Card] = {}
        self._runs: tuple[LabRun, ...] = ()
        self._grades: tuple[LabGrade, ...] = ()
        self._drawn_width = 0

    def compose(self) -> ComposeResult:
        """Lay out title, tree and keys."""
        self._read()
        width = self._drawn_width = self._width
        yield Static(self._title(width), id="title", markup=False)
        yield Outline(self._rows(width))
        yield KeyBar(
            ("enter", "enter", "open"),
            ("s", "s", "study"),
            ("l", "l", "labs"),
            ("question_mark", "?", "keys"),
            ("q", "q", "leave"),
        )

    def on_mount(self) -> None:
        """Keep an eye on the clock."""
        self.set_interval(_FRESH_SECONDS, self._freshen)

    def _freshen(self) -> None:
        """Let what has become due show itself."""
        if self.is_current and self._cards:
            self._fill()

    def on_screen_resume(self) -> None:
        """Show what has changed since this screen was left."""
        if self.is_mounted and self.app.is_running and len(self.app.screen_stack) == 1 and self._was_left:
            self._read()
            self._fill()
        self._was_left = False

    _was_left = False

    def on_screen_suspend(self) -> None:
        """Remember to look again."""
        self._was_left = True

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        if self.is_mounted and self._width != self._drawn_width:  # 10 ms; the first frame has just been composed
            self._fill()

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Open what was chosen."""
        kind, _, name = event.name.partition(":")
        match kind:
            case "start":
                self.action_start()
            case "lesson":
                self.action_fold(name not in self._folded)
            case "topic":
                self._study_topic(self.app.course.topics[int(name)])
            case "lab":
                self.app.open_lab(name, "Labs")
            case _:
                pass

    def action_start(self) -> None:
        """Study what is due, then what is new."""
        order = plan(self.app.course, self._cards, self.app.now())
        if order:
            self.app.study(order, "Today")
        else:
            self.app.notify("Nothing is due and nothing is new. Choose a topic to go over it again.", markup=False)

    def action_labs(self) -> None:
        """Move to the first lab."""
        if names := self.app.course.lab_names():
            self.query_one(Outline).go(f"lab:{names[0]}")

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

    def _study_topic(self, topic: Topic) -> None:
        order = plan(self.app.course, self._cards, self.app.now(), topic)
        rest = tuple(name for name in topic.names if name not in order)
        self.app.study((*order, *rest), topic.title)

    @property
    def _width(self) -> int:
        return min(_WIDEST, self.app.size.width - 4)

    def _read(self) -> None:
        """Read cards and runs; a learner without a record has neither."""
        if not exists(self.app.home):
            return
        from coursekit.errors import StoreError

        try:
            store = self.app.store
            self._cards, self._runs, self._grades = store.cards(), store.runs(), store.grades()
        except StoreError as error:
            self.app.notify(str(error), severity="error", timeout=60, markup=False)

    def _fill(self) -> None:
        """Draw again, the cursor staying where it was."""
        width = self._drawn_width = self._width
        self.query_one("#title", Static).update(self._title(width))
        self.query_one(Outline).show(self._rows(width))

    def _title(self, width: int) -> Content:
        course = self.app.course
        found = standing(tuple(course.topic_of), self._cards, self.app.now())
        counts = f"◷ {found.due} due   ○ {found.new} new   ● {found.mastered} mastered"
        title, right = Content.styled(course.title, "bold"), Content.styled(counts, QUIET)
        lines = [
            *([spread(title, right, width)] if title.cell_length + right.cell_length < width else [title, right]),
            Content.styled(" · ".join(part for part in ("exam review", course.programme) if part), QUIET),
        ]
        if course.problems:
            count = len(course.problems)
            what = f"{count} problem{'s' if count > 1 else ''} in the course's files: see 'coursekit check'"
            lines.append(Content.styled(what, PARTLY))
        return Content("\n").join(lines)

    def _rows(self, width: int) -> list[Row]:
        course, rule = self.app.course, Row(lambda: Content.styled("─" * width, QUIET))
        whole = standing(tuple(course.topic_of), self._cards, self.app.now())
        rows = [Row(partial(_start_line, whole, width), "start"), rule]
        for lesson, topics in course.lessons.items():
            rows.append(Row(partial(self._lesson_line, lesson, topics, width), f"lesson:{lesson}"))
            if lesson not in self._folded:
                rows += [
                    Row(partial(self._topic_line, topic, width), f"topic:{place}")
                    for place, topic in enumerate(course.topics)
                    if topic.lesson == lesson
                ]
        return [*rows, rule, *self._labs(course, width)]

    def _lesson_line(self, lesson: str, topics: tuple[Topic, ...], width: int) -> Content:
        names = tuple(name for topic in topics for name in topic.names)
        mark = "▸" if lesson in self._folded else "▾"
        found = standing(names, self._cards, self.app.now())
        return spread(Content.styled(f"{mark} {lesson}", "bold"), _how_well(found), width)

    def _topic_line(self, topic: Topic, width: int) -> Content:
        names = topic.names
        found = standing(names, self._cards, self.app.now())
        states: list[State] = [_state(self._cards.get(name)) for name in names]
        due = f"◷ {found.due}" if found.due else ""
        right = Content.assemble((due.ljust(5), PARTLY), dots(states).ljust(12)[:16], _how_well(found))
        return spread(Content(f"    {topic.title}"), right, width)

    def _labs(self, course: Course, width: int) -> list[Row]:
        rows = [Row(lambda: Content.styled("Labs", "bold"))]
        for name in course.lab_names():
            runs = [run for run in self._runs if run.lab == name]
            grades = [grade for grade in self._grades if grade.lab == name]
            rows.append(Row(partial(_lab_line, name, runs, grades, width), f"lab:{name}"))
        return rows


def _start_line(found: Standing, width: int) -> Content:
    due_and_new = " and ".join(
        part for part in (f"{found.due} due" * bool(found.due), f"{found.new} new" * bool(found.new)) if part
    )
    what = f"Study now: {due_and_new}" if due_and_new else "Nothing is due today. Go over a topic, or try a lab."
    return spread(Content.styled(f"▸ {what}", HERE), Content.styled("enter  start", QUIET), width)


def _lab_line(name: str, runs: "list[LabRun]", grades: "list[LabGrade]", width: int) -> Content:
    return spread(Content(f"    {name}"), _best(runs, grades), width)


def _how_well(found: Standing) -> Content:
    return Content(("–" if found.mean_mark is None else f"{found.mean_mark:.0%}").rjust(6))


def _state(card: Card | None) -> State:
    if card is None:
        return "new"
    return "mastered" if card.is_mastered() else "learning"


def _best(runs: "list[LabRun]", grades: "list[LabGrade]") -> Content:
    """Show the best grade, or before there is one the best run."""
    found = grades or runs
    if not found:
        return Content.styled("not run yet", QUIET)
    best = max(found, key=lambda each: each.points)
    passed = best.points >= best.out_of
    glyph, style = ("✓", RIGHT) if passed else ("≈" if best.points else "✗", PARTLY)
    return Content.assemble((glyph, style), f" {'graded ' if grades else ''}{best.points:g} of {best.out_of:g} points")
