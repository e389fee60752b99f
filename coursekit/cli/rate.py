"""Rate your last attempt at a question yourself: again, hard, good or easy.

It is the last one that counts: cramming leaves the schedule alone, as does a text until its mark is confirmed.

examples:
  coursekit rate sgd-role hard
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.model import Attempt
from coursekit.rating import RATINGS
from coursekit.scheduling import in_days
from coursekit.store.store import Store
from coursekit.study.fitting import counts

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say which question, and how it went."""
    parser.add_argument("id", metavar="ID", help="a question that you have responded to")
    parser.add_argument("rating", metavar="RATING", choices=RATINGS, help=f"how it went: {', '.join(RATINGS)}")


def run(given: Namespace) -> int:
    """Keep the rating in the place of ours; say when the question returns."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        attempt = _last_that_counts(course, store, given.id)
        store.rate(attempt.id, given.rating, now := utc_now())
        card = store.card(given.id)
        print(f"{given.id}: {given.rating}{f', {in_days(card.due, now)}' if card else ''}.{_which(store, attempt)}")
    return 0


def _last_that_counts(course: Course, store: Store, name: str) -> Attempt:
    """Return the attempt that a rating is of. Raises UsageError where there is none."""
    attempts = store.attempts(name)
    if found := [attempt for attempt in attempts if counts(attempt)]:
        return found[-1]
    course.question(name)
    if not attempts:
        raise UsageError(f"You have not responded to '{name}' yet. Ask it first: coursekit ask {name}")
    why = "cramming leaves the schedule alone" if attempts[-1].purpose == "cram" else "its mark is not confirmed yet"
    raise UsageError(f"No attempt at '{name}' counts, so none can be rated: {why}. Ask it: coursekit ask {name}")


def _which(store: Store, rated: Attempt) -> str:
    """Say which attempt was rated where it is not the last."""
    if store.attempts(rated.question)[-1].id == rated.id:
        return ""
    day = rated.finished.astimezone()
    return f" That is your attempt of {day:%A} {day.day} {day:%B}, the last that counts."
