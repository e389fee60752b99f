"""Ask the questions that you name; without a name what is due and what is new today.

examples:
  coursekit ask
  coursekit ask sgd-role batch-size-static
  coursekit ask sgd-role --plain
  coursekit ask --marked                 what you have bookmarked
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._app import has_screen, open_app, say_no_screen
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._today import ask_and_tell, share
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.study.selection import Choice

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be asked."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="questions, as 'coursekit list questions' shows them")
    parser.add_argument("--marked", action="store_true", help="the questions that you have bookmarked")


def run(given: Namespace) -> int:
    """Ask in the app, or line by line where there is no screen."""
    course = the_course(given)
    given.ids = _marked(given, course) if given.marked else given.ids
    for name in given.ids:
        course.question(name)
    if not given.plain:
        if has_screen():
            return open_app(given, tuple(given.ids) or _planned(given, course))
        say_no_screen()
    with closing(the_store(given, course)) as store:
        named = tuple(Choice(name, "asked for") for name in given.ids)
        ask_and_tell(given, course, store, named or share(course, store, utc_now()))
    return 0


def _marked(given: Namespace, course: Course) -> list[str]:
    """Return the bookmarked questions, in the order of the course. Raises UsageError for none."""
    if given.ids:
        raise UsageError("Name questions or say --marked, not both.")
    with closing(the_store(given, course)) as store:
        say_notice(store)
        marked = store.notes.marked()
    if not marked.intersection(course.topic_of):
        raise UsageError("Nothing is bookmarked yet. Bookmark a question: coursekit note ID --mark")
    return [name for name in course.topic_of if name in marked]


def _planned(given: Namespace, course: Course) -> tuple[Choice, ...]:
    with closing(the_store(given, course)) as store:
        say_notice(store)
        return share(course, store, utc_now())
