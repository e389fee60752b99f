"""The grade that goes on, what of it is there, and the last one, which is recorded."""

from typing import TYPE_CHECKING, final

from textual.content import Content

from coursekit.errors import CoursekitError
from coursekit.lab.definition import Lab

if TYPE_CHECKING:  # a grade is rarer than a run, and costs a megabyte
    from coursekit.lab.grade import Grade, SeedResult
    from coursekit.train.jobs import Job
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.lab.grading import Grading


@final
class GradeDesk:
    """At most one grade goes on at a time."""

    def __init__(self, lab: Lab, app: "CoursekitApp") -> None:
        self.grade: Grade | None = None
        self.fault: int | None = None  # the one that is named
        self._lab, self._app = lab, app
        self._going: Grading | None = None
        self._seen: list[SeedResult] = []

    @property
    def is_busy(self) -> bool:
        """Whether a grade goes on."""
        return self._going is not None

    def begin(self, config: "Job") -> None:
        """Have a configuration graded with its seed and fresh ones."""
        from random import SystemRandom

        from coursekit.lab.grade import draw_seeds
        from coursekit.tui.lab.grading import Grading

        self.grade, self._seen = None, []
        seeds = draw_seeds(config.seed, SystemRandom())
        self._going = Grading(self._lab, config, seeds, self._app.log_file, self.fault)

    def stop(self) -> None:
        """End it; nothing of it is kept."""
        if self._going:
            self._going.stop()
        self._going, self._seen = None, []

    def look(self) -> "tuple[bool, Grade | CoursekitError | None]":
        """Take what has come; say whether there was anything, and what the grade ended as if it has."""
        if not self._going:
            return False, None
        from coursekit.lab.grade import Grade, SeedResult

        news = self._going.take()
        self._seen += [item for item in news if isinstance(item, SeedResult)]
        ended = next((item for item in news if not isinstance(item, SeedResult)), None)
        if ended:
            self._going = None
        if isinstance(ended, Grade):
            self.grade = ended
        return bool(news), ended

    def keep(self, grade: "Grade") -> tuple[str, ...]:
        """Record a grade and have it count for what is due; return what it reviewed. Raises CoursekitError."""
        from coursekit.lab.record import recorded_grade
        from coursekit.study.by_lab import serve_due

        recorded = recorded_grade(self._lab, grade, self._app.now())
        self._app.store.add_grade(recorded)
        return tuple(serve_due(self._app.store, self._app.course, recorded))

    def why(self, grade: "Grade") -> str:
        """Say what speaks for or against the fault that was named, '' where none was."""
        picked = grade.naming and grade.naming.picked
        return self._lab.faults[picked - 1].why if picked else ""

    def content(self) -> Content:
        """Say how far it has come, or what it is."""
        from coursekit.tui.lab.texts import grade_content

        return grade_content(self._seen, self.grade, len(self._going.seeds) if self._going else 0)
