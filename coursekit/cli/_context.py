"""What a command works on: the course, the learner's folder, the record."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import StoreError

if TYPE_CHECKING:  # 3 ms; and 5 ms, when a first visit has no record to read
    from argparse import Namespace
    from collections.abc import Callable

    from coursekit.course import Course
    from coursekit.store.store import Store


def utc_now() -> datetime:
    """Return the time now, the one place where a clock is read."""
    return datetime.now(UTC)


def the_course(given: "Namespace") -> "Course":
    """Open the course that was named, or the nearest. Raises CourseError."""
    from coursekit.course import open_course  # 4 ms, and a lab's process is started before

    folder = the_folder(given)
    return open_course(folder, lambda: the_cache(given, folder, "index"))


def the_folder(given: "Namespace") -> Path:
    """Find the folder of the course that was named, or the nearest. Raises CourseError."""
    from coursekit.course import find_course

    return find_course(given.course, os.environ, Path.cwd(), lambda name: _installed(given, name))


def the_cache(given: "Namespace", folder: Path, name: str) -> Path | None:
    """Say where to keep what can be made again from a course's files; None where the learner has no folder."""
    from zlib import crc32

    home = _if_any(lambda: the_shared_home(given))
    return home and home / "cache" / f"{folder.name}-{crc32(os.fsencode(folder.resolve())):08x}.{name}.json"


def the_home_if_any(given: "Namespace") -> Path | None:
    """Return the learner's folder, None where the system knows of none. Raises UsageError for a profile's odd name."""
    return _if_any(lambda: the_home(given))


def the_home(given: "Namespace") -> Path:
    """Return the learner's folder, that of their profile where one is named. Raises StoreError, UsageError."""
    home, profile = the_shared_home(given), the_profile(given)
    if not profile:
        return home
    from coursekit.cli._profile import profile_home

    return profile_home(home, profile)


def the_profile(given: "Namespace") -> str:
    """Return the profile that was named, or that of the environment; '' for the one without a name."""
    named: str | None = getattr(given, "profile", None)
    return os.environ.get("COURSEKIT_PROFILE", "") if named is None else named


def the_shared_home(given: "Namespace") -> Path:
    """Return the folder that profiles share: named, from the environment, or the system's place. Raises StoreError."""
    named = given.home or os.environ.get("COURSEKIT_HOME")
    if named:
        return Path(os.path.expanduser(named)).absolute()  # pathlib's raises for an unknown user
    from platformdirs import user_data_path  # 10 ms, so only when no folder is named

    missing = "You have no home folder here. Name one for your record with --home DIR or $COURSEKIT_HOME."
    try:
        path = user_data_path("coursekit", appauthor=False)
    except RuntimeError as error:
        raise StoreError(missing) from error
    if not path.is_absolute():  # older platformdirs do not raise
        raise StoreError(missing)
    return path


def the_store(given: "Namespace", course: "Course") -> "Store":
    """Open the learner's record; a sitting whose time is up is handed in. Raises StoreError."""
    from coursekit.exam.late import hand_in_overdue
    from coursekit.store.store import open_store

    store = open_store(the_home(given), course.id, now := utc_now())
    hand_in_overdue(course, store, now)
    return store


def say_notice(store: "Store") -> None:
    """Tell what a person should know about how the record was opened."""
    if store.notice:
        print(f"coursekit: {store.notice}", file=sys.stderr)


def _if_any(home: "Callable[[], Path]") -> Path | None:
    try:
        return home()
    except StoreError:
        return None


def _installed(given: "Namespace", name: str) -> Path | None:
    """Look an id up among the courses that a profile has installed, then among those of all."""
    from coursekit.packs.installed import find_installed  # 30 ms, so only for a name that is no path

    homes = dict.fromkeys((the_home_if_any(given), _if_any(lambda: the_shared_home(given))))
    return next((found for home in homes if (found := find_installed(home, name))), None)
