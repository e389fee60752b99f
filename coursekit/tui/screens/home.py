"""Home: where you stand in the course, and the one obvious next thing to do."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.course import Course, Topic
from coursekit.plots.bar import State, dots
from coursekit.store.counted import Counted
from coursekit.store.place import exists
from coursekit.study.agenda import (
    Agenda,
    agenda,
    lab_to_try,
    minutes_sentence,
    more_words,
    read_agenda,
    share_words,
)
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import HERE, PARTLY, QUIET, RIGHT, spread

if TYPE_CHECKING:  # the app imports this screen
    from collections.abc import Mapping, Sequence

    from coursekit.errors import StoreError
    from coursekit.scheduling import Card
    from coursekit.store.glance import Score

_WIDEST = 92
_FRESH_SECONDS = 30


class HomeScreen(CourseScreen):
    """The course as a tree of lessons and topics, with what is done and how well."""

    DEFAULT_CSS = """
    HomeScreen #title { width: 100%; max-width: 96; padding: 1 2 0 2; height: auto; }
    HomeScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "exams", "mock exams"),
        Binding("s", "statistics", "how far you have come"),
        Binding("l", "labs", "go to the labs"),
        Binding("comma", "app.settings", "settings", key_display=","),
        Binding("left", "fold(True)", "fold a lesson"),
        Binding("right", "fold(False)", "unfold a lesson"),
    ]
    AUTO_FOCUS = "Outline"

    def __init__(self) -> None:
        super().__init__()
        self._folded: set[str] = set()
        self._counted = Counted()
        self._cards: dict[str, Card] = {}  # those that were drawn
        self._runs: tuple[Score, ...] = ()
        self._grades: tuple[Score, ...] = ()
        self._agenda: Agenda | None = None
        self._drawn_width = 0

    def compose(self) -> ComposeResult:
        """Lay out title, tree and keys."""
        self._read()
        width = self._drawn_width = self._width
        yield Static(self._title(width), id="title", markup=False)
        yield self._outline(self._rows(width))
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
        self._hand_in_overdue()
        self.set_interval(_FRESH_SECONDS, self._freshen)

    def _freshen(self) -> None:
        """Let what has become due show itself, and what another process has written."""
        if self.is_current and self._counted.seen:
            self._read()
            self._fill()

    def on_screen_resume(self) -> None:
        """Show what has changed since this screen was left."""
        if self.is_mounted and self.app.is_running and self.is_current and self._was_left:
            self._hand_in_overdue()
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
                from coursekit.tui.starting import study_topic

                study_topic(self.app, self.app.course.topics[int(name)])
            case "lab":
                self.app.open_lab(name, "Labs")
            case _:
                pass

    def action_start(self) -> None:
        """Study what is due, then what is new today."""
        from coursekit.tui.starting import study_today

        study_today(self.app, self._day)

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

    @property
    def _day(self) -> Agenda:
        course = self.app.course
        return self._agenda or agenda(course, frozenset(), frozenset(), self.app.now(), lab=lab_to_try(course, (), ()))

    @property
    def _width(self) -> int:
        return min(_WIDEST, self.app.size.width - 4)

    def _outline(self, rows: "Sequence[Row]") -> Outline:
        """Make the tree. One longer than the screen has its scrollbar at once: found out later it costs a layout."""
        tree = Outline(rows)
        tree.set_reactive(Outline.show_vertical_scrollbar, len(rows) > self.app.size.height)
        return tree

    def _read(self) -> None:
        """Count what the record has and what labs came to; a learner without a record has neither."""
        if not exists(self.app.home):
            return
        from coursekit.errors import StoreError

        try:
            store, now = self.app.store, self.app.now()
            glance, self._cards = store.glance(), {}
            self._counted = glance.counted(now).among(self.app.course.topic_of)
            self._runs, self._grades = glance.runs(), glance.grades()
            passed = {each.lab for each in (*self._runs, *self._grades) if each.points >= each.out_of}
            self._agenda = read_agenda(self.app.course, store, now, self._counted, passed)
        except StoreError as error:
            self._tell(error)

    def _hand_in_overdue(self) -> None:
        """Hand in an exam whose time ran out while nobody looked."""
        if exists(self.app.home):
            from coursekit.errors import StoreError
            from coursekit.exam.late import hand_in_overdue

            with suppress(StoreError):  # told where the record is read
                hand_in_overdue(self.app.course, self.app.store, self.app.now())

    def _cards_of(self, names: "Sequence[str]") -> "Mapping[str, Card]":
        """Return the cards of some questions, read when they are first drawn."""
        from coursekit.errors import StoreError

        seen = [name for name in names if name in self._counted.seen]
        try:
            if missing := [name for name in seen if name not in self._cards]:
                self._cards |= self.app.store.cards_of(missing)
        except StoreError as error:
            self._tell(error)
        return {name: self._cards[name] for name in seen if name in self._cards}

    def _tell(self, error: "StoreError") -> None:
        self.app.notify(str(error), severity="error", timeout=60, markup=False)

    def _fill(self) -> None:
        """Draw again, the cursor staying where it was."""
        width = self._drawn_width = self._width
        self.query_one("#title", Static).update(self._title(width))
        self.query_one(Outline).show(self._rows(width))

    def _title(self, width: int) -> Content:
        course = self.app.course
        day, mastered = self._day, len(self._counted.mastered)
        counts = f"◷ {len(day.due_names)} due   ○ {day.unseen} new   ● {mastered} mastered"
        title, right = Content.styled(course.title, "bold"), Content.styled(counts, QUIET)
        lines = [
            *([spread(title, right, width)] if title.cell_length + right.cell_length < width else [title, right]),
            spread(
                Content.styled(" · ".join(part for part in ("exam review", course.programme) if part), QUIET),
                Content.styled(_exam_words(day), QUIET),
                width,
            ),
        ]
        if course.problems:
            count = len(course.problems)
            what = f"{count} problem{'s' if count > 1 else ''} in the course's files: see 'coursekit check'"
            lines.append(Content.styled(what, PARTLY))
        return Content("\n").join(lines)

    def _rows(self, width: int) -> list[Row]:
        course, rule = self.app.course, Row(lambda: Content.styled("─" * width, QUIET))
        day = self._day
        rows = [Row(partial(_start_line, day, width), "start")]
        if said := minutes_sentence(day):
            rows.append(Row(lambda: Content.styled(f"  {said}", QUIET)))
        if day.lab and self._counted.seen:
            rows.append(Row(partial(_lab_to_try, day.lab, width), f"lab:{day.lab}"))
        rows.append(rule)
        places = {topic.file: place for place, topic in enumerate(course.topics)}
        for lesson, topics in course.lessons.items():
            rows.append(Row(partial(self._lesson_line, lesson, topics, width), f"lesson:{lesson}"))
            if lesson not in self._folded:
                rows += [
                    Row(partial(self._topic_line, topic, width), f"topic:{places[topic.file]}") for topic in topics
                ]
        return [*rows, rule, *self._labs(course, width)]

    def _lesson_line(self, lesson: str, topics: tuple[Topic, ...], width: int) -> Content:
        names = tuple(name for topic in topics for name in topic.names)
        mark = "▸" if lesson in self._folded else "▾"
        return spread(Content.styled(f"{mark} {lesson}", "bold"), self._how_well(names), width)

    def _topic_line(self, topic: Topic, width: int) -> Content:
        many = len(self._day.due_names.intersection(topic.names))
        due = f"◷ {many}" if many else ""
        states: list[State] = [self._state(name) for name in topic.names]
        right = Content.assemble((due.ljust(5), PARTLY), dots(states).ljust(12)[:16], self._how_well(topic.names))
        return spread(Content(f"    {topic.title}"), right, width)

    def _state(self, name: str) -> State:
        if name not in self._counted.seen:
            return "new"
        return "mastered" if name in self._counted.mastered else "learning"

    def _how_well(self, names: tuple[str, ...]) -> Content:
        """Say how much would be recalled now; a question that was not seen counts 0."""
        cards = self._cards_of(names)
        if not cards:
            return Content("–".rjust(6))
        from coursekit.study.recalled import memories, percent, share

        return Content(percent(share(memories(cards, self.app.now()).values(), len(names))).rjust(6))

    def _labs(self, course: Course, width: int) -> list[Row]:
        rows = [Row(lambda: Content.styled("Labs", "bold"))]
        for name in course.lab_names():
            runs = [run for run in self._runs if run.lab == name]
            grades = [grade for grade in self._grades if grade.lab == name]
            rows.append(Row(partial(_lab_line, name, runs, grades, width), f"lab:{name}"))
        return rows


def _start_line(day: Agenda, width: int) -> Content:
    if what := share_words(day):
        right = f"{day.minutes} min   enter  start" if day.minutes else "enter  start"
        return spread(Content.styled(f"▸ Study now: {what}", HERE), Content.styled(right, QUIET), width)
    if more := more_words(day):
        said = Content.styled(f"▸ Today is done. Go on with {more}", HERE)
        return spread(said, Content.styled("enter  start", QUIET), width)
    return Content.styled("▸ Nothing is due today. Go over a topic, or try a lab.", HERE)


def _lab_to_try(name: str, width: int) -> Content:
    return spread(Content(f"  Lab to try: {name}"), Content.styled("enter  open", QUIET), width)


def _exam_words(day: Agenda) -> str:
    """Say how far off the exam is."""
    if day.days_to_exam is None:
        return ""
    return {0: "exam today", 1: "exam tomorrow"}.get(day.days_to_exam, f"exam in {day.days_to_exam} days")


def _lab_line(name: str, runs: "list[Score]", grades: "list[Score]", width: int) -> Content:
    return spread(Content(f"    {name}"), _best(runs, grades), width)


def _best(runs: "list[Score]", grades: "list[Score]") -> Content:
    """Show the best grade, or before there is one the best run."""
    found = grades or runs
    if not found:
        return Content.styled("not run yet", QUIET)
    best = max(found, key=lambda each: each.points)
    passed = best.points >= best.out_of
    glyph, style = ("✓", RIGHT) if passed else ("≈" if best.points else "✗", PARTLY)
    return Content.assemble((glyph, style), f" {'graded ' if grades else ''}{best.points:g} of {best.out_of:g} points")
