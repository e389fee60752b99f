"""A journey along a run beside the screen: a thread follows the child, the screen takes what has come."""

from pathlib import Path
from threading import Thread
from typing import final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.lab.travel import Journey, Travel
from coursekit.train.config import TrainingConfig


@final
class Travelling:
    """One journey. Leaving the page stops it."""

    def __init__(self, config: TrainingConfig, log: Path | None, columns: int, rows: int) -> None:
        self.config = config
        self.share = 0.0
        self.journey: Journey | None = None
        self.error: CoursekitError | None = None
        self._log, self._size = log, (columns, rows)
        self._travel: Travel | None = None
        self._is_stopped = False
        Thread(target=self._follow, daemon=True).start()

    @property
    def has_ended(self) -> bool:
        """Whether there is a journey, or will be none."""
        return self.journey is not None or self.error is not None

    def stop(self) -> None:
        """End the child."""
        self._is_stopped = True
        if self._travel:
            self._travel.stop()

    def _follow(self) -> None:
        try:
            with Travel(self.config, self._log, columns=self._size[0], rows=self._size[1]) as self._travel:
                if self._is_stopped:
                    return
                for news in self._travel.news():
                    if isinstance(news, Journey):
                        self.journey = news
                    else:
                        self.share = news
        except CoursekitError as error:
            self.error = error
        except Exception as error:  # it would end unseen in this thread, and the screen would wait for ever
            self.error = WorkerError(f"The way of the run could not be followed: {error}. Try it again.")
