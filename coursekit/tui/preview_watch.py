"""What a preview does beside the screen, each in a thread of its own: look for saved files, check the course."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import final

from coursekit.course import Course
from coursekit.errors import CoursekitError
from coursekit.tui.preview_deck import Found

WATCHER = "coursekit-watch"
"""The name of the thread that looks for saved files."""

Reopened = Callable[[Course | CoursekitError, bool], None]
"""Takes the course as it is now, or why it cannot be read, and whether a file was saved."""
Checked = Callable[[tuple[Found, ...], CoursekitError | None], None]
"""Takes what a check has found, and why it could not go on if it could not."""

_WATCHED = (".md", ".lock", "")  # folders have no suffix
_GROUPED_MS, _STEP_MS, _LOOK_MS = 150, 25, 250
_AGAIN_SECONDS = 0.25


@final
class Watching:
    """Reads a course anew whenever one of its files is saved, until it is stopped."""

    def __init__(self, folder: Path, reopen: Callable[[], Course], reopened: Reopened) -> None:
        self._places = [folder / "content", folder / "labs"]
        self._reopen, self._reopened = reopen, reopened
        self._end = Event()
        Thread(target=self._watch, name=WATCHER, daemon=True).start()

    def stop(self) -> None:
        """Let the thread end."""
        self._end.set()

    def _watch(self) -> None:
        """Watch; where the system's own way fails or a folder was replaced, begin again, from then on by looking."""
        by_looking = False
        while not self._end.is_set():
            try:
                for is_saved in self._saves(by_looking):
                    if not self._end.is_set():
                        self._reopened(_opened(self._reopen), is_saved)
            except (OSError, RuntimeError):  # no watches are left, or the folder is gone
                by_looking = any(place.exists() for place in self._places)
            self._end.wait(_AGAIN_SECONDS)

    def _saves(self, by_looking: bool) -> Iterator[bool]:
        """Yield False when watching has begun, then True for each save; end when a folder was replaced."""
        from watchfiles import watch  # 40 ms, in this thread

        places = [place for place in self._places if place.exists()]
        begun, is_begun = _inodes(self._places), False
        for changes in watch(
            *places,
            watch_filter=lambda _, path: Path(path).suffix in _WATCHED,
            debounce=_GROUPED_MS,
            step=_STEP_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            stop_event=self._end,
            raise_interrupt=False,
            force_polling=by_looking or None,
        ):
            if changes or not is_begun:
                yield bool(changes)
            is_begun = True
            if _inodes(self._places) != begun:
                return


def check_beside(course: Course, checked: Checked) -> None:
    """Check a course while the screen goes on."""
    Thread(target=_check, args=(course, checked), daemon=True).start()


def _check(course: Course, checked: Checked) -> None:
    from coursekit.check import check_course  # 30 ms, in this thread

    found: list[Found] = []
    error: CoursekitError | None = None
    try:
        found += check_course(course)
    except CoursekitError as known:
        error = known
    except Exception as unknown:  # it would end unseen in this thread
        error = CoursekitError(f"The check could not go on: {unknown}.")
    checked(tuple(found), error)


def _opened(reopen: Callable[[], Course]) -> Course | CoursekitError:
    try:
        return reopen()
    except CoursekitError as error:
        return error
    except Exception as error:  # a folder went while it was listed; it would end unseen in this thread
        return CoursekitError(f"The course cannot be read now: {error}.")


def _inodes(places: list[Path]) -> list[int]:
    return [os.stat(place).st_ino if place.exists() else 0 for place in places]
