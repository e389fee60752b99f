"""A lab's run beside the screen: a thread follows the child, the screen takes what has come whenever it draws."""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Thread
from typing import final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.lab.child import Running
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, Trial, follow, judge, judge_trials, settled
from coursekit.lab.report import News as Reported
from coursekit.train.jobs import Job

News = Reported | CoursekitError


@final
class Training:
    """One run. It is begun by the thread, so that the screen never waits for a process."""

    def __init__(
        self, lab: Lab, config: Job, begin: Callable[[Job, float | None], Running], pace: float | None
    ) -> None:
        """Begin it; a run that it is to be held against is made first, as fast as can be."""
        self.lab = lab
        self.config = config
        self._pace = pace
        self.is_paused = False
        self._begin = begin
        self._child: Running | None = None
        self._is_stopped = False
        self._news: deque[News] = deque()
        self._thread = Thread(target=self._follow, daemon=True)
        self._thread.start()

    def take(self) -> list[News]:
        """Return what has come since the last call."""
        news: list[News] = []
        while self._news:
            news.append(self._news.popleft())
        return news

    def pause(self) -> None:
        """Hold the run, or let it go on."""
        if self._child:
            self.is_paused = not self.is_paused
            (self._child.pause if self.is_paused else self._child.resume)()

    def stop(self) -> None:
        """End the run; what it did so far stands, judged as stopped."""
        self._is_stopped = True
        if self._child:
            self._child.stop()

    def _follow(self) -> None:
        seen: list[Reported] = []
        try:
            goals = settled(self.lab.goals, self.config, lambda rival: self._begun(rival, None))
            with self._begun(self.config, self._pace) as child:
                for record in follow(goals, child):
                    if self._is_stopped:  # it was, before there was anything to stop
                        child.stop()
                    seen.append(record)
                    self._news.append(record)
        except CoursekitError as error:
            self._news.append(self._stopped(seen) if self._is_stopped else error)
        except Exception as error:  # it would end unseen in this thread, and the screen would wait for ever
            self._news.append(WorkerError(f"The run could not be followed: {error}. Run it again."))

    def _begun(self, config: Job, pace: float | None) -> Running:
        """Begin a run that pause and stop reach."""
        if self._is_stopped:
            raise WorkerError("The run was stopped.")
        self._child = self._begin(config, pace)
        return self._child

    def _stopped(self, seen: Sequence[Reported]) -> LabReport:
        """Judge what came before the run was stopped."""
        if trials := [record for record in seen if isinstance(record, Trial)]:
            return judge_trials(self.lab.goals, trials, {}, "stopped")
        return judge(self.lab.goals, [record for record in seen if isinstance(record, Point)], "stopped")
