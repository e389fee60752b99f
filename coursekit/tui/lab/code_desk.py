"""The file of a lab of code: the process that checks or grades it, and what that has said so far."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from coursekit.errors import CoursekitError
from coursekit.lab.code.definition import CodeLab
from coursekit.tui.lab.checking import Checking
from coursekit.tui.lab.checks_text import summary
from coursekit.tui.lab.hints import Hints
from coursekit.tui.lab.kept_hints import forget_hints, hints_read, keep_hints

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp

_CHECKS_BEFORE_WHY = 3
_NO_RESULT = "The checks ended without a result. The log says why: press enter to try again."
_STOPPED = "Stopped. Save the file, or press enter, to check again."


@final
class CodeDesk:
    """At most one process at a time; `said` is what it came to, `notice` what went wrong."""

    def __init__(self, lab: CodeLab, app: "CoursekitApp") -> None:
        self.path = Path(lab.file)
        self.hints = Hints(lab.hints, hints_read(app, lab.name))
        self.results: dict[str, dict[str, Any]] = {}  # Any: JSON
        self.said = self.notice = self.best = ""
        self.is_busy = False  # while a check goes on
        self.is_grading = False
        self._lab, self._app = lab, app
        self._checking: Checking | None = None
        self._facts: tuple[int, ...] | None = None  # of the file, when it was last looked at in vain
        self._checked = 0

    @property
    def why_no_explanation(self) -> str:
        """Say what has to be done before the explanation is shown, '' when it may be."""
        has_passed = bool(self.results) and all(each["verdict"] == "passed" for each in self.results.values())
        if has_passed or self._checked >= _CHECKS_BEFORE_WHY:
            return ""
        return f"The explanation tells a way. Pass the checks, or try {_CHECKS_BEFORE_WHY} times first."

    def begin(self) -> None:
        """Put the starter beside; a file that is there stays as it is."""
        from coursekit.lab.code.submission import begin  # needed once in a lab

        try:
            begin(self._lab, self.path.parent)
        except CoursekitError as error:
            self.notice = str(error)
        except OSError as error:
            self.notice = f"{self.path}: {error.strerror}."
        else:
            self.watch()

    def watch(self) -> None:
        """Check the file, now and at every save."""
        self.end()
        self.notice = ""
        if self.path.exists():
            self.is_busy = True
            self._checking = Checking(self._arguments("watch"), self._app.log_file)

    def have_graded(self) -> None:
        """Have the file graded; the attempt that the grade makes says how many hints were read."""
        self.end()
        self.results, self.notice, self.said = {}, "", ""
        self.is_grading = self.is_busy = True
        arguments = (*self._arguments("grade"), "--hints", str(self.hints.read))
        self._checking = Checking(arguments, self._app.log_file)

    def read_hint(self) -> None:
        """Keep that another hint was read: it counts whenever the file is graded."""
        keep_hints(self._app, self._lab.name, self.hints.read)

    def stop(self) -> None:
        """End the checks, and say so."""
        self.end()
        self.said = _STOPPED

    def end(self) -> None:
        """End what goes on."""
        if self._checking:
            self._checking.stop()
        self._rest()

    def read_best(self) -> None:
        """Look up the best grade so far; a record that cannot be read says so elsewhere."""
        try:
            grades = self._app.store.grades(self._lab.name)
        except CoursekitError:
            return
        best = max(grades, key=lambda grade: grade.points / grade.out_of, default=None)
        self.best = f"best grade {best.points:g} of {best.out_of:g} · " if best else ""

    def look(self) -> tuple[bool, bool]:
        """Take what has come; where nothing is checked, begin when the file is saved or made.

        Return whether there is anything to show, and whether a check has said something.
        """
        if not self._checking:
            is_saved = _facts(self.path) not in (self._facts, None)
            if is_saved:
                self.watch()
            return is_saved, False
        has_ended = self._checking.has_ended
        news = self._checking.take()
        for record in news:
            self._take(record)
        if has_ended:
            self._ended()
        return has_ended or bool(news), bool(news)

    def _take(self, record: dict[str, Any]) -> None:
        match record["type"]:
            case "saved":
                self.results, self.notice, self.said, self.is_busy = {}, "", "", True
            case "check":
                self.results[record["name"]] = record
            case "watch" | "grade":
                self._take_verdict(record)
            case _:
                self.notice, self.is_busy = record.get("message", ""), False

    def _take_verdict(self, record: dict[str, Any]) -> None:
        self.results = {each["name"]: each for each in record["checks"]}
        self.is_busy = False
        self._checked += 1
        self.said = summary(record)
        self.read_best()
        if record["type"] == "grade" and record["score"]["points"] >= record["score"]["out_of"]:
            forget_hints(self._app, self._lab.name)

    def _ended(self) -> None:
        """Leave a grade to be read until the file is saved again; a watch that ended by itself is told."""
        self._rest()
        self.read_best()  # it was recorded after it was told
        if not self.said and not self.notice:
            self.notice = _NO_RESULT

    def _rest(self) -> None:
        """Check no longer, until the file is saved again."""
        self._checking, self.is_busy, self.is_grading = None, False, False
        self._facts = _facts(self.path)

    def _arguments(self, action: str) -> Sequence[str]:
        places = ("--course", str(self._app.course.folder), "--home", str(self._app.home))
        return (action, self._lab.name, str(self.path), *places)


def _facts(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file is saved, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
