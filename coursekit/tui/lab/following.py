"""What comes from the processes of a lab: into the picture, into the record, and told."""

from functools import partial
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.lab.report import LabReport
from coursekit.tui.lab.body import LabBody
from coursekit.tui.lab.visit import Visit

if TYPE_CHECKING:  # the app imports the screens; a grade is rarer than a run
    from coursekit.lab.grade import Grade
    from coursekit.tui.app import CoursekitApp

_TOLD_SECONDS = 12
_FAULT_SECONDS = 20


@final
class Following:
    """Looks at the run, at the grade, and at what goes on beside them."""

    def __init__(self, visit: Visit, body: LabBody, app: "CoursekitApp") -> None:
        self._visit, self._body, self._app = visit, body, app

    def look(self) -> bool:
        """Take what has come since the last look; say whether there was anything."""
        return any([self._look_at_grade(), self._look_beside(), self._look_at_run()])

    def _look_at_run(self) -> bool:
        came = self._visit.run.look()
        if not came:
            return False
        self._body.run.add(came.points, came.trials)
        if isinstance(came.ended, CoursekitError):
            self._visit.notice = str(came.ended)
        elif came.ended:
            self._keep_run(came.ended)
        return True

    def _keep_run(self, report: LabReport) -> None:
        """Keep the run before its score is shown."""
        visit = self._visit
        if visit.run.config:
            visit.attempt(partial(visit.runs.keep, visit.run.config, report))
        if curve := self._body.run.curve:
            curve.end()
            visit.runs.keep_line(curve.line)
        self._body.list_runs(visit.runs)

    def _look_at_grade(self) -> bool:
        has_news, ended = self._visit.grades.look()
        if isinstance(ended, CoursekitError):
            self._visit.notice = str(ended)
        elif ended:
            self._keep_grade(ended)
        return has_news

    def _keep_grade(self, grade: "Grade") -> None:
        """Keep the grade before it is shown; tell what it reviewed, and what speaks for or against a named fault."""
        visit = self._visit
        if reviewed := visit.attempt(partial(visit.grades.keep, grade)):
            self._tell(f"Reviewed by this grade: {', '.join(reviewed)}.")
        visit.attempt(visit.runs.read)
        if why := visit.grades.why(grade):
            self._tell(why, _FAULT_SECONDS)

    def _look_beside(self) -> bool:
        """Take the line of a run that was made again, and the end of an export."""
        has_line, said = self._visit.runs.look()
        if said:
            self._tell(said)
        if has_line:
            self._body.draw_compared(self._visit.runs)
        return has_line

    def _tell(self, text: str, seconds: float = _TOLD_SECONDS) -> None:
        self._app.notify(text, timeout=seconds, markup=False)
