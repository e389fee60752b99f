"""Ask some questions, or what is due and new.

examples:
  coursekit ask
  coursekit ask sgd-role batch-size-static
  coursekit ask sgd-role --plain
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._app import has_screen, open_app, say_no_screen
from coursekit.cli._context import the_course, the_home, the_store, utc_now
from coursekit.cli._plain import ask_all
from coursekit.course import Course
from coursekit.lab.log import log_file
from coursekit.session import plan


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be asked."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="questions, as 'coursekit list questions' shows them")
    parser.add_argument("--plain", action="store_true", help="line by line on standard input and output")


def run(given: Namespace) -> int:
    """Ask in the app, or line by line where there is no screen."""
    course = the_course(given)
    for name in given.ids:
        course.question(name)
    if not given.plain:
        if has_screen():
            return open_app(given, tuple(given.ids) or _planned(given, course))
        say_no_screen()
    store = the_store(given, course)
    order = tuple(given.ids) or plan(course, store.cards(), utc_now())
    try:
        ask_all(course, store, order, log_file(the_home(given)))
    finally:
        store.close()
    return 0


def _planned(given: Namespace, course: Course) -> tuple[str, ...]:
    with closing(the_store(given, course)) as store:
        return plan(course, store.cards(), utc_now())
