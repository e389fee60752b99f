"""What a command works on: the course, the learner's folder, the record."""

import os
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from coursekit.course import Course, find_course, open_course
from coursekit.errors import StoreError
from coursekit.store.store import Store, open_store


def utc_now() -> datetime:
    """Return the time now, the one place where a clock is read."""
    return datetime.now(UTC)


def the_course(given: Namespace) -> Course:
    """Open the course that was named, or the nearest. Raises CourseError."""
    return open_course(find_course(given.course, os.environ, Path.cwd()))


def the_home(given: Namespace) -> Path:
    """Return the learner's folder: named, from the environment, or the system's place. Raises StoreError."""
    named = given.home or os.environ.get("COURSEKIT_HOME")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path  # 10 ms, so only when no folder is named

    path = user_data_path("coursekit", appauthor=False)
    if not path.is_absolute():
        raise StoreError("You have no home folder here. Name one for your record with --home DIR or $COURSEKIT_HOME.")
    return path


def the_store(given: Namespace, course: Course) -> Store:
    """Open the learner's record. Raises StoreError."""
    return open_store(the_home(given), course.id, utc_now())


def log_file(home: Path) -> Path | None:
    """Return where training processes write what they say beside results; None when nothing can be written."""
    try:
        (home / "logs").mkdir(parents=True, exist_ok=True)
        path = home / "logs" / "trainer.log"
        path.touch()
    except OSError:
        return None
    return path
