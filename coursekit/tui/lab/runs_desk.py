"""The runs of a lab as a visit keeps them: recorded, compared, removed and brought back, written to files.

What a method returns is a sentence for the learner, empty where there is nothing to say; all raise CoursekitError.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, final

from coursekit.lab.budget import is_spent, runs_left
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.record import recorded_run
from coursekit.lab.report import LabReport
from coursekit.tui.lab.compared import Compared
from coursekit.tui.lab.curve_view import Line
from coursekit.tui.lab.training import Training

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.store.labs import LabRun
    from coursekit.train.config import TrainingConfig
    from coursekit.train.jobs import Job
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.lab.exporting import Exporting

NONE_YET = "There is no run in this lab yet. Press enter to make one."


@final
class RunsDesk:
    """All runs of one lab, the one in the picture, and what goes on beside it."""

    def __init__(self, lab: Lab, app: "CoursekitApp") -> None:
        self.runs: tuple[LabRun, ...] = ()
        self.left: int | None = lab.budget
        self.now: int | None = None  # the number of the run in the picture
        self.compared = Compared()
        self._lab, self._app = lab, app
        self._removed: list[LabRun] = []
        self._redrawn: dict[int, Training] = {}  # runs of other visits by number, made again for their lines
        self._exports: list[Exporting] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is no run, nor one to bring back."""
        return not self.runs and not self._removed

    def why_no_run(self, *, is_running: bool) -> str:
        """Say why no run may be begun where there is a budget of them, '' when one may."""
        if self.left is None or not (is_running or self.left == 0):
            return ""
        return "A run goes on, and it counts. x stops it." if is_running else f"{is_spent(self._lab)} Press g."

    def read(self) -> None:
        """Read the record."""
        store = self._app.store
        self.runs = store.runs(self._lab.name)
        if self._lab.budget:
            every = store.runs(self._lab.name, with_removed=True)
            self.left = runs_left(self._lab, every, store.grades(self._lab.name))

    def keep(self, config: "Job", report: LabReport) -> None:
        """Record the run in the picture."""
        number = self._app.store.add_run(recorded_run(self._lab, config, report, self._app.now()))
        self.read()
        self.now = next((run.number for run in self.runs if run.id == number), None)

    def keep_line(self, line: Line) -> None:
        """Remember what the run in the picture drew."""
        if self.now is not None:
            self.compared.keep(self.now, line)

    def remove(self, run: "LabRun") -> str:
        """Put a run away."""
        self._app.store.remove_run(run.id, self._app.now())
        self._removed.append(run)
        self.compared.leave(run.number)
        self._end_redrawn(but=self.compared.numbers)
        self.read()
        return f"Run {run.number} is removed. z brings it back."

    def bring_back(self) -> str:
        """Bring back the run that was removed last."""
        if not self._removed:
            return "No run was removed in this visit."
        run = self._removed[-1]
        self._app.store.restore_run(run.id)
        self._removed.pop()
        self.read()
        return f"Run {run.number} is back."

    @property
    def behind(self) -> tuple[int, ...]:
        """The runs behind the one in the picture, in the order of their marks."""
        return self.compared.behind(self.now)

    def compare_last(self) -> bool:
        """Draw the last runs behind this one, or no longer; False where there is none."""
        return self.compared.toggle_last([run.number for run in self.runs if run.number != self.now])

    def compare(self, run: "LabRun") -> str:
        """Draw a run behind the others, or no longer; one of another visit is made again for its line."""
        if self._lab.is_probe:
            return "A measurement has no line to compare."
        self.compared.toggle(run.number)
        is_wanted = run.number in self.compared.numbers
        self._end_redrawn(but=self.compared.numbers)
        if is_wanted and not self.compared.knows(run.number):
            self._draw_again(run)
        is_now = is_wanted and run.number == self.now
        return f"Run {run.number} is in the picture now; it will lie behind the next run." if is_now else ""

    def export(self, run: "LabRun", form: str) -> None:
        """Begin to write a run into the folder in which the app was started."""
        from coursekit.tui.lab.exporting import Exporting  # few ask for it

        self._exports.append(Exporting(self._lab, run, form, Path(), self._app.log_file))

    def look(self) -> tuple[bool, str]:
        """Take what has come; say whether there is a new line, and what one that failed or an export came to."""
        if written := next((export for export in self._exports if export.said), None):
            self._exports.remove(written)
            return False, written.said
        for number, training in self._redrawn.items():
            if ended := next((item for item in training.take() if _is_last(item)), None):
                return True, self._take_line(number, ended)
        return False, ""

    def stop(self) -> None:
        """End what goes on."""
        self._end_redrawn(but=())

    def _end_redrawn(self, but: Collection[int]) -> None:
        for number in [number for number in self._redrawn if number not in but]:
            self._redrawn.pop(number).stop()

    def _draw_again(self, run: "LabRun") -> None:
        from coursekit.train.jobs import graded_job, read_job

        try:
            config = graded_job(read_job(run.config))
        except BaseException:
            self.compared.leave(run.number)
            raise
        self._redrawn[run.number] = Training(self._lab, config, self._app.begin_run, None)

    def _take_line(self, number: int, ended: object) -> str:
        del self._redrawn[number]
        if isinstance(ended, LabReport):
            self.compared.keep(number, _line(ended.points))
            return ""
        self.compared.leave(number)
        return str(ended)


def training_of(run: "LabRun") -> "TrainingConfig":
    """Read what a run was set to, up to where it was stopped unless its schedule hangs on its length.

    Raises ConfigError.
    """
    from coursekit.train.config import TrainingConfig

    config = TrainingConfig.from_json(run.config)
    if run.outcome != "stopped" or config.to_json()["schedule"]["name"] != "constant":
        return config
    return TrainingConfig.from_json({**run.config, "steps": max(1, run.steps)})


def _is_last(item: object) -> bool:
    return isinstance(item, (LabReport, Exception))


def _line(points: tuple[Point, ...]) -> Line:
    """Return the loss that a goal is held to, over steps."""
    measured = tuple((p.step, p.validation_loss) for p in points if p.validation_loss is not None)
    return measured or tuple((p.step, p.loss) for p in points)
