"""One visit to a lab: what is run and graded, from opening the lab to leaving it. It draws nothing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar, final

from coursekit.errors import CoursekitError
from coursekit.lab.definition import Lab
from coursekit.lab.report import judge
from coursekit.tui.lab.backend_choice import BackendChoice
from coursekit.tui.lab.grade_desk import GradeDesk
from coursekit.tui.lab.hints import Hints
from coursekit.tui.lab.live_run import LiveRun
from coursekit.tui.lab.runs_desk import NONE_YET, RunsDesk

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.lab.knobs import KnobValue
    from coursekit.tui.app import CoursekitApp

T = TypeVar("T")
_RUNS_BEFORE_WHY = 3


@final
class Visit:
    """The run in the picture, the runs before, the grade; `notice` is what went wrong, until it is read."""

    def __init__(self, lab: Lab, app: "CoursekitApp") -> None:
        self.lab = lab
        self.notice = ""
        self.backend = BackendChoice(lab, app)
        self.run = LiveRun(lab, app)
        self.runs = RunsDesk(lab, app)
        self.grades = GradeDesk(lab, app)
        self.hints = Hints(lab.hints)

    def begin(self) -> None:
        """Read what was run before."""
        self.backend.warm()
        self.attempt(self.runs.read)

    def start(self, settings: "Mapping[str, KnobValue | str]") -> bool:
        """Start a run with these settings; one that goes on is stopped first. Say whether it has begun."""
        if problem := self.runs.why_no_run(is_running=self.run.is_running):
            self.notice = problem
            return False
        self.run.stop()
        config = self.attempt(partial(self.lab.configure, settings, backend=self.backend.name))
        if config is None:
            return False
        self.notice, self.runs.now = "", None
        self.backend.ran_on = self.backend.name
        self.run.begin(config)
        return True

    def have_graded(self, settings: "Mapping[str, KnobValue | str]") -> bool:
        """Train these settings with the shown seed and fresh ones; the median of their scores is the grade."""
        from coursekit.lab.grade import graded_config

        config = self.attempt(partial(graded_config, self.lab, settings))
        if config is None:
            return False
        self.notice = ""
        self.grades.begin(config)
        return True

    def stop(self) -> None:
        """End the run where it is, and a grade."""
        self.run.stop()
        self.grades.stop()

    def leave(self) -> None:
        """End what goes on; a run counts where there is a budget, also when it is left."""
        was_running, config = self.run.is_running, self.run.config
        self.stop()
        if was_running and config and self.lab.budget:
            self.attempt(partial(self.runs.keep, config, judge(self.lab.goals, (), "stopped")))
        self.runs.stop()

    def attempt(self, action: Callable[[], T]) -> T | None:
        """Do something; what goes wrong is the notice."""
        try:
            return action()
        except CoursekitError as error:
            self.notice = str(error)
        return None

    @property
    def why_no_explanation(self) -> str:
        """Say what has to be done before the explanation is shown, '' when it may be."""
        is_passed = any(run.points >= run.out_of for run in self.runs.runs)
        if is_passed or len(self.runs.runs) >= _RUNS_BEFORE_WHY:
            return ""
        return f"The explanation tells a way to the goals. Reach them, or make {_RUNS_BEFORE_WHY} runs first."

    @property
    def why_no_way(self) -> str:
        """Say why there is no way of a run to view, '' when there is one."""
        if self.lab.is_probe:
            return "A measurement goes through no landscape, so there is no way to view."
        if self.run.is_running:
            return "The run goes on. Its way can be viewed when it has ended."
        return "" if self.runs.runs else NONE_YET
