"""A lab's grade beside the screen: a thread follows the runs, the screen takes what has come whenever it draws."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.lab.definition import Lab
from coursekit.lab.faults import name_fault
from coursekit.lab.grade import Grade, Grader, SeedResult, in_order
from coursekit.train.jobs import Job


@final
class Grading:
    """One grade. Leaving the lab stops it, and nothing of it is kept."""

    def __init__(self, lab: Lab, config: Job, seeds: Sequence[int], log: Path | None, fault: int | None) -> None:
        self.seeds = tuple(seeds)
        self._naming = name_fault(lab.faults, lab.naming, fault)
        self._config = config
        self._grader = Grader(lab.goals, config, seeds, log)
        self._is_stopped = False
        self._news: deque[SeedResult | Grade | CoursekitError] = deque()
        Thread(target=self._follow, daemon=True).start()

    def take(self) -> list[SeedResult | Grade | CoursekitError]:
        """Return what has come since the last call; a Grade or an error is the last."""
        news: list[SeedResult | Grade | CoursekitError] = []
        while self._news:
            news.append(self._news.popleft())
        return news

    def stop(self) -> None:
        """End the runs."""
        self._is_stopped = True
        self._grader.close()

    def _follow(self) -> None:
        seen: list[SeedResult] = []
        try:
            with self._grader as grader:
                for result in grader.results():
                    if self._is_stopped:
                        return
                    seen.append(result)
                    self._news.append(result)
            self._news.append(Grade(self._config, in_order(self.seeds, seen), self._naming))
        except CoursekitError as error:
            self._news.append(error)
        except Exception as error:  # it would end unseen in this thread, and the screen would wait for ever
            self._news.append(WorkerError(f"The grade could not be made: {error}. Grade it again."))
