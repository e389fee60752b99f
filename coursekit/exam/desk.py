"""Sitting an exam: begin, respond, flag, look, hand in. Each is on disk before it returns, and shows in every process.

A sitting whose time is up is handed in by whoever looks at it next, with what is there, and as of its deadline.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.drawing import Earlier, Place, draw, read_question
from coursekit.exam.report import Judged, judge
from coursekit.exam.sitting import HANDED_IN, LEFT, TIME, Sitting, entered, sit
from coursekit.model import Attempt, Response
from coursekit.questions._question import Question
from coursekit.store.sittings import SittingEvent, StoredSitting
from coursekit.store.store import Store


def begin(course: Course, store: Store, blueprint: Blueprint, seed: int, now: datetime) -> Sitting:
    """Draw an exam and begin it; one that goes on is taken up again instead.

    Raises UsageError when no sitting is left, ContentError when the course has too few questions, StoreError.
    """
    if running := going_on(store, blueprint.name):
        return running[0]
    before = sat(store, blueprint.name)
    if 0 < blueprint.attempts <= len(before):
        many = "One sitting is" if blueprint.attempts == 1 else f"{blueprint.attempts} sittings are"
        raise UsageError(f"{many} allowed for '{blueprint.name}', and you have had {len(before)}.")
    earlier = _earlier(course, store, before)
    places = draw(blueprint, course, seed, earlier)
    kept = blueprint.data() | {"last": list(earlier.last)}
    number = store.sittings.begin(blueprint.name, kept, seed, [place.data() for place in places], now)
    return _first(store, blueprint.name, number, now)


def sat(store: Store, exam: str | None = None) -> tuple[Sitting, ...]:
    """Return the sittings that have begun, oldest first, those that go on too. Raises StoreError."""
    found = (stored for stored in store.sittings.all(exam) if stored.why != LEFT)
    return tuple(sit(stored, store.sittings.events(stored.id)) for stored in found)


def going_on(store: Store, exam: str | None = None) -> tuple[Sitting, ...]:
    """Return the sittings that have not ended, oldest first. Raises StoreError."""
    found = (stored for stored in store.sittings.all(exam) if stored.ended is None)
    return tuple(sit(stored, store.sittings.events(stored.id)) for stored in found)


def look_again(store: Store, sitting: Sitting) -> Sitting:
    """Return a sitting as it stands by now, whoever changed it. Raises StoreError."""
    return sit(_stored(store, sitting.exam, sitting.id), store.sittings.events(sitting.id))


def asked(course: Course, place: Place) -> Question:
    """Read the question of a place. Raises UsageError, ContentError, ValueError when it cannot be read any more."""
    return read_question(course, place.question, place.seed)


def respond(store: Store, sitting: Sitting, place: int, response: Response, now: datetime) -> Sitting:
    """Keep a response, in the author's numbers; an empty one takes it back. Raises StoreError."""
    if sitting.responses[place] == response:
        return sitting
    return _add(store, sitting, place, "response", list(response), now)


def flag(store: Store, sitting: Sitting, place: int, now: datetime) -> Sitting:
    """Flag a place, or take its flag off. Raises StoreError."""
    return _add(store, sitting, place, "unflag" if place in sitting.flags else "flag", None, now)


def say_how_sure(store: Store, sitting: Sitting, place: int, word: str | None, now: datetime) -> Sitting:
    """Keep how sure the learner is of a response, None to take it back. Raises StoreError."""
    return _add(store, sitting, place, "confidence", word, now)


def see(store: Store, sitting: Sitting, place: int, now: datetime) -> Sitting:
    """Go to a place, or stay there, and learn what other processes did.

    To be called now and then, so that a kill loses no knowledge of the time. Raises StoreError.
    """
    seen = _add(store, sitting, place, "seen", None, now)
    return seen if seen.ended is not None else look_again(store, seen)


def hand_in(course: Course, store: Store, sitting: Sitting, now: datetime) -> Sitting:
    """End a sitting and save its attempts, all or nothing; one that has ended stays as it is. Raises StoreError."""
    sitting = look_again(store, sitting)
    if sitting.ended is not None:
        return sitting
    is_late = sitting.is_time_up(now)
    ended = sitting.deadline if is_late and sitting.deadline else sitting.moment(now)
    over = replace(sitting, ended=ended, why=TIME if is_late else HANDED_IN)
    attempts = [_attempt(one, over) for one in judge(course, over) if one.question and one.response]
    store.end_sitting(over.id, ended, over.why or HANDED_IN, attempts)
    return look_again(store, over)


def hand_in_late(course: Course, store: Store, now: datetime) -> tuple[Sitting, ...]:
    """Hand in every sitting whose time is up, and return these. Raises StoreError."""
    return tuple(hand_in(course, store, one, now) for one in going_on(store) if one.is_time_up(now))


def _add(store: Store, sitting: Sitting, place: int, what: str, value: Any, now: datetime) -> Sitting:
    """Keep one thing that was done; after the deadline only the time, and nothing where it was ended elsewhere."""
    moment = sitting.moment(now)
    event = SittingEvent(place, what, value, moment)
    if sitting.is_time_up(moment):
        event = SittingEvent(place, "seen", None, moment)
    try:
        store.sittings.add(sitting.id, event)
    except StoreError:
        if (there := look_again(store, sitting)).ended is None:
            raise
        return there
    return entered(sitting, event)  # to read them all again takes 8 ms at the end of a long sitting


def _first(store: Store, exam: str, number: int, now: datetime) -> Sitting:
    """Return the sitting that was begun; of two that processes began at once the earlier one goes on."""
    first, *_ = going_on(store, exam)
    if first.id != number:
        store.sittings.end(number, now, LEFT)
    return first


def _earlier(course: Course, store: Store, before: Sequence[Sitting]) -> Earlier:
    """Say which variant of each question is the next: after all that were ever asked or drawn."""
    variants: dict[str, int] = {}
    for attempt in store.attempts():
        variants[attempt.question] = variants.get(attempt.question, 0) + 1
    for place in (place for sitting in before for place in sitting.places):
        variants[place.question] = max(variants.get(place.question, 0), place.seed + 1)
    known = {name: many for name, many in variants.items() if name in course.topic_of}
    return Earlier(known, tuple(place.question for place in before[-1].places) if before else ())


def _attempt(one: Judged, sitting: Sitting) -> Attempt:
    """Make the attempt of a graded response: when it was last changed, and how long its place was looked at."""
    question, finished = one.question, sitting.given[one.place] or sitting.begun
    assert question
    return Attempt(
        question=question.id,
        fingerprint=question.fingerprint,
        response=one.response,
        mark=one.fraction,
        points=one.points,
        is_suggestion=False,
        hints=0,
        seed=question.seed,
        started=max(sitting.begun, finished - timedelta(seconds=sitting.seconds[one.place])),
        finished=finished,
        confidence=one.confidence,
        purpose="exam",
    )


def _stored(store: Store, exam: str, number: int) -> StoredSitting:
    found = next((one for one in store.sittings.all(exam) if one.id == number), None)
    if found is None:
        raise StoreError(f"The record has no sitting with the id {number}. It was opened by another name, or replaced.")
    return found
