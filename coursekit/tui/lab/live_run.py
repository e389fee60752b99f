"""The run in the picture: it goes on, or has ended and stays to be looked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, Trial
from coursekit.tui.lab.training import Training

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.train.jobs import Job
    from coursekit.tui.app import CoursekitApp


@final
@dataclass(frozen=True, slots=True)
class Came:
    """What has come of a run since the last look; `ended` when it is over."""

    points: tuple[Point, ...] = ()
    trials: tuple[Trial, ...] = ()
    ended: LabReport | CoursekitError | None = None


@final
class LiveRun:
    """At most one run goes on at a time."""

    def __init__(self, lab: Lab, app: "CoursekitApp") -> None:
        self.points: list[Point] = []
        self.report: LabReport | None = None
        self.steps = int(lab.config.get("steps", 1))
        self.config: Job | None = None
        self._lab, self._app = lab, app
        self._training: Training | None = None

    @property
    def is_running(self) -> bool:
        """Whether it goes on, held or not."""
        return self._training is not None

    @property
    def is_paused(self) -> bool:
        """Whether it is held."""
        return bool(self._training and self._training.is_paused)

    def begin(self, config: "Job") -> None:
        """Start a run in a process of its own; one that goes on is stopped and forgotten."""
        self.stop()
        self.points, self.report, self.steps, self.config = [], None, config.steps, config
        self._training = Training(self._lab, config, self._app.begin_run, self._lab.pace)

    def pause(self) -> None:
        """Hold the run, or let it go on."""
        if self._training:
            self._training.pause()

    def stop(self) -> None:
        """End the run where it is; what it did so far is still to come."""
        if self._training:
            self._training.stop()

    def look(self) -> Came | None:
        """Take what has come since the last look, None for nothing."""
        news = self._training.take() if self._training else []
        if not news:
            return None
        points = tuple(item for item in news if isinstance(item, Point))
        ended = next((item for item in news if isinstance(item, (LabReport, CoursekitError))), None)
        self.points += points
        if ended:
            self._training = None
        if isinstance(ended, LabReport):
            self.report = ended
        return Came(points, tuple(item for item in news if isinstance(item, Trial)), ended)
