"""Review what is due and what is new today, as much as fits into some minutes.

examples:
  coursekit review
  coursekit review --minutes 15
  coursekit review --plain
  coursekit review --cram --minutes 20      without touching the schedule
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import datetime

from coursekit.cli._app import has_screen, open_app, say_no_screen
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._today import ask_and_tell, share
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.store.store import Store
from coursekit.study.outlook import MOST_MINUTES
from coursekit.study.planning import MINUTES
from coursekit.study.selection import Choice
from coursekit.study.today import cramming

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say how long, and in which form."""
    parser.add_argument(
        "--minutes", metavar="N", type=int, help="for how long; else your minutes a day, if you set any"
    )
    parser.add_argument("--cram", action="store_true", help="go over the weakest; the schedule stays")


def run(given: Namespace) -> int:
    """Ask in the app, or line by line where there is no screen."""
    if given.minutes is not None and not 1 <= given.minutes <= MOST_MINUTES:
        raise UsageError(f"A session cannot have {given.minutes} minutes. Give from 1 to {MOST_MINUTES}.")
    course, purpose = the_course(given), "cram" if given.cram else "study"
    if not given.plain:
        if has_screen():
            with closing(the_store(given, course)) as store:
                say_notice(store)
                order = _order(given, course, store, utc_now())
            return open_app(given, order, purpose)
        say_no_screen()
    with closing(the_store(given, course)) as store:
        ask_and_tell(given, course, store, _order(given, course, store, utc_now()), purpose)
    return 0


def _order(given: Namespace, course: Course, store: Store, now: datetime) -> tuple[Choice, ...]:
    if given.cram:
        return cramming(course, store, now, given.minutes or store.settings.get("minutes") or MINUTES)
    return share(course, store, now, given.minutes)
