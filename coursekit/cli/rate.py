"""Rate your last attempt at a question yourself: again, hard, good or easy.

examples:
  coursekit rate sgd-role hard
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.errors import UsageError
from coursekit.rating import RATINGS
from coursekit.scheduling import in_days


def add_arguments(parser: ArgumentParser) -> None:
    """Say which question, and how it went."""
    parser.add_argument("id", metavar="ID", help="a question that you have responded to")
    parser.add_argument("rating", metavar="RATING", choices=RATINGS, help=f"how it went: {', '.join(RATINGS)}")


def run(given: Namespace) -> int:
    """Keep the rating in the place of ours; say when the question returns."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        attempts = store.attempts(given.id)
        if not attempts:
            course.question(given.id)
            raise UsageError(f"You have not responded to '{given.id}' yet. Ask it first: coursekit ask {given.id}")
        store.rate(attempts[-1].id, given.rating, now := utc_now())
        card = store.card(given.id)
        print(f"{given.id}: {given.rating}{f', {in_days(card.due, now)}' if card else ''}.")
    return 0
