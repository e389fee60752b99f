"""The checks of a learner's file beside the screen: a process of its own runs them, a thread follows what it tells.

NumPy and strange code have no place in the screen's process; the command that grades is the one of the command line.
"""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, final

from coursekit.errors import CoursekitError
from coursekit.lab.process import Process

_PATIENCE_SECONDS = 2.0  # to end its sandboxes
_MODULE = "coursekit.cli._beside"  # the command line, ended with this process


@final
class Checking:
    """`coursekit lab watch`, or `grade`, with JSON lines; `has_ended` once nothing more will come."""

    def __init__(self, arguments: Sequence[str], log: Path | None) -> None:
        self.has_ended = False
        self._news: deque[dict[str, Any]] = deque()
        self._is_stopped = False
        self._process: Process | None = None
        self._has_begun = Event()  # or has failed to
        Thread(target=self._follow, args=(arguments, log), daemon=True).start()

    def take(self) -> list[dict[str, Any]]:
        """Return what has come since the last call."""
        news: list[dict[str, Any]] = []
        while self._news:
            news.append(self._news.popleft())
        return news

    def stop(self) -> None:
        """End it; the process is given a moment to end its sandboxes, in a thread that the app's end waits for."""
        self._is_stopped = True
        Thread(target=self._end, name="coursekit-end").start()

    def _follow(self, arguments: Sequence[str], log: Path | None) -> None:
        try:
            for record in self._begun(arguments, log).told():
                self._news.append(record)
            if self._process and not self._is_stopped:
                self._process.close()
        except (CoursekitError, OSError, ValueError) as error:  # a stopped process is closed while it is read
            if not self._is_stopped:
                self._news.append({"type": "error", "message": str(error)})
        self.has_ended = True

    def _begun(self, arguments: Sequence[str], log: Path | None) -> Process:
        try:
            self._process = Process(("lab", *arguments, "--json"), log, has_tensorflow=False, module=_MODULE)
        finally:
            self._has_begun.set()
        return self._process

    def _end(self) -> None:
        """End the process, also one that is only about to begin."""
        self._has_begun.wait()
        if self._process:
            self._process.interrupt(_PATIENCE_SECONDS)
            self._process.close()
