"""Hand in what nobody looked at in time: cheap enough for every start, since mostly no sitting goes on."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from coursekit.errors import CoursekitError

if TYPE_CHECKING:  # opens SQLite
    from coursekit.course import Course
    from coursekit.store.store import Store


def hand_in_overdue(course: "Course", store: "Store", now: datetime) -> bool:
    """Hand in every sitting whose time is up, as of its deadline; say whether there was one.

    A record that cannot be read or written says so where it is used.
    """
    with suppress(CoursekitError):
        if store.has_open_sitting():
            from coursekit.exam.desk import hand_in_late  # reads questions, so only while a sitting goes on

            return bool(hand_in_late(course, store, now))
    return False
