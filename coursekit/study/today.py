"""What to ask now, of a course and a record: everything that choosing needs is read here."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from coursekit.course import Course, Topic
from coursekit.study.planning import questions_in, read_plan, seconds_each
from coursekit.study.selection import Choice, select, to_cram, variety_of

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.store import Store


def today(
    course: Course,
    store: "Store",
    now: datetime,
    *,
    minutes: float | None = None,
    topic: Topic | None = None,
    zone: tzinfo | None = None,
) -> tuple[Choice, ...]:
    """Choose what to ask now, as much as fits into some minutes if they are given. Raises StoreError."""
    plan = read_plan(store.settings, zone)
    return select(
        course,
        store.cards(),
        now,
        held=store.asides.held(now),
        plan=plan,
        begun=store.pace.begun_since(plan.begins(plan.day(now))) if plan else 0,
        limit=None if minutes is None else how_many(store, minutes),
        topic=topic,
        variety=variety_of(course),
    )


def cramming(course: Course, store: "Store", now: datetime, minutes: float) -> tuple[Choice, ...]:
    """Choose what to go over without touching the schedule, the weakest first. Raises StoreError."""
    held, limit = store.asides.held(now), how_many(store, minutes)
    return to_cram(course, store.cards(), now, held=held, limit=limit)


def how_many(store: "Store", minutes: float) -> int:
    """Return how many questions fit into some minutes, at least one. Raises StoreError."""
    return questions_in(minutes, seconds_each(store.pace)[0])
