"""Today line by line: what Home says of it, what is asked, and what that came to."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coursekit.cli._context import the_home, utc_now
from coursekit.cli._plain import ask_all
from coursekit.course import Course
from coursekit.lab.log import log_file
from coursekit.session import Submitted
from coursekit.store.store import Store
from coursekit.study.agenda import Agenda, minutes_sentence, more_words, read_agenda, read_share, share_words, todays
from coursekit.study.selection import Choice
from coursekit.study.summary import comes_back, sentences, summed_up
from coursekit.study.today import today
from coursekit.words import count


def share(course: Course, store: Store, now: datetime, minutes: float | None = None) -> tuple[Choice, ...]:
    """Choose today's share as Home does; or what fits into some minutes that count in the place of those a day.

    Raises StoreError.
    """
    found = read_agenda(course, store, now)
    if minutes is None:
        return read_share(course, store, found, now)
    new = found.due + found.new + found.waiting - len(found.due_names)  # as without minutes a day
    return todays(found._replace(new=new), today(course, store, now, minutes=minutes))


def ask_and_tell(
    given: Namespace, course: Course, store: Store, order: Sequence[Choice], purpose: str = "study"
) -> None:
    """Ask the questions, then say how it went and what comes back. Raises StoreError."""
    begun = utc_now()
    if done := ask_all(course, store, order, log_file(the_home(given)), purpose):
        print("\n" + "\n".join(_came_to(course, store, done, utc_now() - begun, purpose == "cram")))


def day_lines(course: Course, store: Store, now: datetime) -> Iterator[str]:
    """Say what Home says: what is due and new, how long that takes, a lab to try, the exam. Raises StoreError."""
    glance = store.glance()
    passed = {each.lab for each in (*glance.runs(), *glance.grades()) if each.points >= each.out_of}
    day = read_agenda(course, store, now, passed=passed)
    yield from _counts(day)
    if day.lab:
        yield f"A lab to try: coursekit lab run {day.lab}"
    if day.days_to_exam is not None:
        yield {0: "The exam is today.", 1: "The exam is tomorrow."}.get(
            day.days_to_exam, f"The exam is in {day.days_to_exam} days."
        )


def _counts(day: Agenda) -> Iterator[str]:
    if what := share_words(day):
        yield f"Today: {what}, {count(day.minutes, 'minute')}."
    elif more := more_words(day):
        yield f"Today is done. Here are {more}; q leaves."
    if said := minutes_sentence(day):
        yield said


def _came_to(course: Course, store: Store, done: Sequence[Submitted], took: timedelta, is_cram: bool) -> Iterator[str]:
    now = utc_now()
    attempts = [each.attempt for each in done]
    ungraded = {each.attempt.question for each in done if each.mark.is_ungraded}
    back = comes_back(store, course.topic_of.keys(), now)
    yield from sentences(summed_up(attempts, took, back, ungraded=ungraded, is_cram=is_cram), now)
