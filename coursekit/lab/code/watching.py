"""A learner's file, checked again at every save, in threads of their own.

    watching = Watching(lab, Path("write_sgd.py"), queue.put)
    queue.get()     # Saved, then a CheckResult as each public check ends, then the CodeGrade
    watching.stop()

Editors write a file anew, replace it, or save several times at once: what counts is that its text is another and has
stayed so for a moment. A save ends the checks of the one before. The cases stay the same all along, so that a learner
sees the one they work on.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.lab.code.seeds import draw_seed
from coursekit.lab.code.submission import read_submission

if TYPE_CHECKING:  # 150 ms of NumPy, which the first thread has no time for
    from coursekit.lab.code.grading import Grading

_LOOK_SECONDS = 0.1
_SETTLED = 2  # looks that find the file as it was
_GONE = 10  # looks that find no file, before that is told: an editor may be replacing it


@final
@dataclass(frozen=True, slots=True)
class Saved:
    """The file has been saved and its checks begin."""

    source: bytes


News = Saved | CheckResult | CodeGrade | CoursekitError
"""What comes, in this order; an error in place of the rest. Nothing comes of a save once the next one is told."""


@final
class Watching:
    """Runs the public checks of a lab on a file, now and at every save, until it is stopped.

    `told` is called from other threads, never twice at once. It must not wait for the thread that calls `stop`.
    """

    def __init__(
        self,
        lab: CodeLab,
        path: Path,
        told: Callable[[News], None],
        *,
        public_only: bool = True,
        seed: int | None = None,
    ) -> None:
        self._lab, self._path, self._told = lab, path, told
        self._public_only = public_only
        self._seed = draw_seed(SystemRandom()) if seed is None else seed
        self._current: Grading | None = None
        self._source: bytes | None = None
        self._end = Event()
        self._lock = Lock()
        Thread(target=self._watch, name="coursekit-saves", daemon=True).start()

    def stop(self) -> None:
        """End the checks that run, and watch no longer."""
        self._end.set()
        self._replace(None)

    def _watch(self) -> None:
        seen, settled, gone = _facts(self._path), _SETTLED, 0
        while not self._end.is_set():
            if seen is not None and settled == _SETTLED:
                self._look_into()
            if seen is None and gone == _GONE:
                self._tell(None, _missing(self._path))
            self._end.wait(_LOOK_SECONDS)
            now = _facts(self._path)
            settled = settled + 1 if now == seen else 0
            gone = gone + 1 if now is None else 0
            seen = now

    def _look_into(self) -> None:
        """Read the file; where its text is another, begin to check it."""
        try:
            source = read_submission(self._path)
        except CoursekitError as error:
            self._tell(None, error)
            return
        if source != self._source:
            self._source = source
            self._begin(source)

    def _begin(self, source: bytes) -> None:
        from coursekit.lab.code.grading import Grading  # in this thread

        try:
            grading = Grading(self._lab, source, self._seed, public_only=self._public_only)
        except CoursekitError as error:
            self._tell(None, error)
            return
        except Exception as error:  # it would end the watch unseen
            self._tell(None, WorkerError(f"The checks cannot begin: {error}."))
            return
        self._replace(grading)
        self._tell(grading, Saved(source))
        Thread(target=self._grade, args=(grading,), daemon=False).start()  # waited for: it removes its folders

    def _replace(self, grading: "Grading | None") -> None:
        """Put a grading in the place of the one that goes on, and end that."""
        with self._lock:
            before, self._current = self._current, grading
        if before:
            before.stop()
        if grading and self._end.is_set():  # it was, while this one began
            grading.stop()

    def _grade(self, grading: "Grading") -> None:
        try:
            with grading:
                for result in grading.results():
                    self._tell(grading, result)
                self._tell(grading, grading.grade())
        except CoursekitError as error:
            self._tell(grading, error)
        except Exception as error:  # it would end unseen in this thread
            self._tell(grading, WorkerError(f"The checks could not go on: {error}."))

    def _tell(self, grading: "Grading | None", news: News) -> None:
        """Tell what is of the grading that goes on; None stands for the file itself."""
        with self._lock:
            if (grading is None or grading is self._current) and not self._end.is_set():
                if isinstance(news, CoursekitError):
                    self._source = None  # so that the same text, saved again, is checked again
                self._told(news)


def _facts(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file is saved, None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def _missing(path: Path) -> CoursekitError:
    try:
        read_submission(path)
    except CoursekitError as error:
        return error
    return WorkerError(f"{path.name} was gone for a moment. Save it again.")
