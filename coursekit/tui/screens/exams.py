"""The exams of the course and what one's sittings came to; one that goes on is taken up again."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import ContentError, CoursekitError
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.folder import every_exam
from coursekit.exam.report import report
from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import result, when
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.telling import tell
from coursekit.tui.text import HERE, PARTLY, QUIET, spread
from coursekit.words import count

_WIDEST = 92
_NONE = "This course has no exam yet. An author writes one as content/exams/NAME.md."


class ExamsScreen(CourseScreen):
    """A list; enter begins an exam, goes on with one, or opens what a sitting came to. `name` is opened at once."""

    DEFAULT_CSS = """
    ExamsScreen #title { width: 100%; max-width: 96; padding: 1 2 0 2; height: auto; }
    ExamsScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "go back")]
    AUTO_FOCUS = "Outline"

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._name = name
        self._exams: dict[str, Blueprint] = {}
        self._problems: list[ContentError] = []
        self._sat: tuple[Sitting, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, list and keys."""
        self._read()
        yield Static(self._title(), id="title", markup=False)
        yield Outline(list(self._rows()))
        yield KeyBar(
            ("enter", "enter", "open"), ("question_mark", "?", "keys"), ("escape", "esc", "back"), ("q", "q", "leave")
        )

    def on_mount(self) -> None:
        """Open the exam that was named."""
        if self._name in self._exams:
            self.call_after_refresh(self._open, self._name)

    def on_screen_resume(self) -> None:
        """Show what has changed since this screen was left."""
        if self.is_mounted and self.query(Outline):
            self._read()
            self.query_one("#title", Static).update(self._title())
            self.query_one(Outline).show(list(self._rows()))

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self.query_one(Outline).show(list(self._rows()))

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Open what was chosen."""
        if not self.is_active:  # enter twice: the first has opened something
            return
        kind, _, name = event.name.partition(":")
        if kind == "exam":
            self._open(name)
        else:
            self._look_at(next(one for one in self._sat if one.id == int(name)))

    def action_back(self) -> None:
        """Go back to where this was opened, or leave where it was the first."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def _read(self) -> None:
        """Read the exams and the sittings; those whose time is up are handed in first."""
        found = list(every_exam(self.app.course))
        self._exams = {exam.name: exam for exam in found if isinstance(exam, Blueprint)}
        self._problems = [error for error in found if isinstance(error, ContentError)]
        try:
            desk.hand_in_late(self.app.course, self.app.store, self.app.now())
            self._sat = desk.sat(self.app.store)
        except CoursekitError as error:
            tell(self.app, error)

    def _open(self, name: str) -> None:
        """Go on with the sitting that runs, or show what comes before one."""
        from coursekit.tui.screens.exam_start import ExamStartScreen

        mine = [one for one in self._sat if one.exam == name]
        running = [one for one in mine if one.ended is None]
        if running:
            self._look_at(running[0])
        else:
            self.app.push_screen(ExamStartScreen(self._exams[name], len(mine)))

    def _look_at(self, sitting: Sitting) -> None:
        """Go on with a sitting, or open what it came to."""
        from coursekit.tui.screens.exam import ExamScreen
        from coursekit.tui.screens.exam_report import ExamReportScreen

        is_over = sitting.ended is not None
        self.app.push_screen(ExamReportScreen(report(self.app.course, sitting)) if is_over else ExamScreen(sitting))

    def _title(self) -> Content:
        lines = [Content.styled("Exams", "bold"), Content.styled(self.app.course.title, QUIET)]
        lines += [Content.styled(str(error), PARTLY) for error in self._problems]
        if not self._exams and not self._problems:
            lines.append(Content(_NONE))
        return Content("\n").join(lines)

    def _rows(self) -> Iterator[Row]:
        width = min(_WIDEST, self.app.size.width - 6)
        for name, exam in self._exams.items():
            mine = [one for one in self._sat if one.exam == name]
            yield Row(partial(_exam_line, exam, mine, width), f"exam:{name}")
            for number, one in reversed(list(enumerate(mine, 1))):
                if one.ended is not None:
                    yield Row(partial(self._sitting_line, number, one, width), f"sitting:{one.id}")

    def _sitting_line(self, number: int, sitting: Sitting, width: int) -> Content:
        came_to = Content.styled(result(report(self.app.course, sitting)), QUIET)
        return spread(Content(f"    sitting {number} · {when(sitting.begun)}"), came_to, width)


def _exam_line(exam: Blueprint, sat: list[Sitting], width: int) -> Content:
    running = [one for one in sat if one.ended is None]
    if running:
        return spread(Content.styled(f"▸ {exam.title}", "bold"), Content.styled("goes on: enter resumes", HERE), width)
    limit = "no limit" if exam.minutes is None else f"{exam.minutes:g} min"
    return spread(
        Content.styled(f"▸ {exam.title}", "bold"),
        Content.styled(f"{count(exam.questions, 'question')} · {limit}", QUIET),
        width,
    )
