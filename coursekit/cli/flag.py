"""Say what is wrong with a question; it is kept for its author.

examples:
  coursekit flag                                     what you have said
  coursekit flag sgd-role "The key contradicts the lecture."
  coursekit flag --withdraw 3
  coursekit export --flags                           what an author reads
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.store.asides import Flag
from coursekit.store.store import Store

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say which question, and what is wrong."""
    parser.add_argument("id", nargs="?", metavar="ID", help="a question; none: list what you have said")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what is wrong with it")
    parser.add_argument("--withdraw", metavar="N", type=int, help="take back what you have said")
    parser.add_argument("--json", action="store_true", help="one JSON object for each flag")


def run(given: Namespace) -> int:
    """Keep or take back a flag, then print those that stand."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        if given.withdraw is not None:
            store.asides.withdraw(given.withdraw, utc_now())
        if given.id and given.text:
            store.asides.flag(_flag(course, store, given.id, " ".join(given.text)))
        flags = store.asides.flags(given.id)
    for flag in flags:
        about = {"number": flag.id, "question": flag.question, "says": flag.says, "at": flag.at.isoformat()}
        print_json({"type": "flag"} | about) if given.json else print(clean(f"{flag.id}  {flag.question}: {flag.says}"))
    if not flags and not given.json:
        print("Nothing is flagged. To say what is wrong with a question: coursekit flag ID TEXT")
    return 0


def _flag(course: Course, store: Store, name: str, says: str) -> Flag:
    """Make a flag of the variant that was asked last. Raises UsageError."""
    if not says.strip():
        raise UsageError('Say what is wrong, in quotes: coursekit flag ID "The key contradicts the lecture."')
    attempts = store.attempts(name)
    question = course.question(name, attempts[-1].seed if attempts else 0)
    return Flag(name, question.fingerprint, question.seed, says.strip(), utc_now())
