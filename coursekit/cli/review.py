"""Review what is due and what is new today, as much as fits into some minutes.

examples:
  coursekit review
  coursekit review --minutes 15
  coursekit review --plain
  coursekit review --cram --minutes 20      without touching the schedule
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from coursekit.cli._app import has_screen, open_app, say_no_screen
from coursekit.cli._context import the_course, the_home, the_store, utc_now
from coursekit.cli._plain import ask_all
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.lab.log import log_file
from coursekit.session import Submitted
from coursekit.store.store import Store
from coursekit.study.agenda import read_agenda, todays
from coursekit.study.outlook import MOST_MINUTES
from coursekit.study.planning import MINUTES
from coursekit.study.selection import Choice
from coursekit.study.today import cramming, today
from coursekit.words import count


def add_arguments(parser: ArgumentParser) -> None:
    """Say how long, and in which form."""
    parser.add_argument(
        "--minutes", metavar="N", type=int, help="for how long; else your minutes a day, if you set any"
    )
    parser.add_argument("--cram", action="store_true", help="go over the weakest; the schedule stays")
    parser.add_argument("--plain", action="store_true", help="line by line on standard input and output")


def run(given: Namespace) -> int:
    """Ask in the app, or line by line where there is no screen."""
    if given.minutes is not None and not 1 <= given.minutes <= MOST_MINUTES:
        raise UsageError(f"A session cannot have {given.minutes} minutes. Give from 1 to {MOST_MINUTES}.")
    course = the_course(given)
    if not given.plain:
        if has_screen():
            with closing(the_store(given, course)) as store:
                order = _order(given, course, store, utc_now())
            return open_app(given, order, "cram" if given.cram else "study")
        say_no_screen()
    with closing(the_store(given, course)) as store:
        _review(given, course, store)
    return 0


def _review(given: Namespace, course: Course, store: Store) -> None:
    begun = utc_now()
    order = _order(given, course, store, begun)
    done = ask_all(course, store, order, log_file(the_home(given)), "cram" if given.cram else "study")
    if done:
        print("\n" + "\n".join(_summary(store, done, utc_now() - begun, utc_now(), given.cram)))


def _order(given: Namespace, course: Course, store: Store, now: datetime) -> tuple[Choice, ...]:
    if given.cram:
        return cramming(course, store, now, _minutes(given, store) or MINUTES)
    return _todays(given, course, store, now)


def _todays(given: Namespace, course: Course, store: Store, now: datetime) -> tuple[Choice, ...]:
    """Choose what is due and what is new today, as much as fits into the minutes."""
    chosen = today(course, store, now, minutes=_minutes(given, store))
    return todays(read_agenda(course, store, now), chosen)


def _minutes(given: Namespace, store: Store) -> int | None:
    return given.minutes if given.minutes is not None else store.settings.get("minutes")


def _summary(store: Store, done: Sequence[Submitted], took: timedelta, now: datetime, is_cram: bool) -> Iterator[str]:
    """Say what was done, and what comes next."""
    marks = [each.attempt.mark for each in done if not each.mark.is_ungraded]
    right, wrong = sum(mark >= 1 for mark in marks), sum(mark <= 0 for mark in marks)
    parts = [f"{right} right", f"{len(marks) - right - wrong} partly right", f"{wrong} wrong"]
    yield (
        f"{count(len(done), 'question')} in {count(max(1, round(took.total_seconds() / 60)), 'minute')}: "
        + ", ".join(part for part in parts if not part.startswith("0 "))
    )
    if is_cram:
        yield "This was cramming: the schedule is as it was."
        return
    waits = [card.due - now for card in store.cards().values()]
    soon, tomorrow = (sum(wait <= timedelta(hours=hours) for wait in waits) for hours in (1, 24))
    yield f"Due within the hour: {soon}. Within a day: {tomorrow}."
