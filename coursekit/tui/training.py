"""A lab's run beside the screen: a thread follows the child, the screen takes what has come whenever it draws."""

from collections import deque
from collections.abc import Callable
from threading import Thread
from typing import final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.lab.child import Running
from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, Started, follow, judge
from coursekit.train.config import TrainingConfig

News = Started | Point | LabReport | CoursekitError


@final
class Training:
    """One run. It is begun by the thread, so that the screen never waits for a process."""

    def __init__(self, lab: Lab, config: TrainingConfig, begin: Callable[[], Running]) -> None:
        self.lab = lab
        self.config = config
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
        points: list[Point] = []
        try:
            with self._begin() as self._child:
                if self._is_stopped:
                    self._child.stop()
                for record in follow(self.lab.goals, self._child):
                    if isinstance(record, Point):
                        points.append(record)
                    self._news.append(record)
        except CoursekitError as error:
            self._news.append(judge(self.lab.goals, points, "stopped") if self._is_stopped else error)
        except Exception as error:  # it would end unseen in this thread, and the screen would wait for ever
            self._news.append(WorkerError(f"The run could not be followed: {error}. Run it again."))
