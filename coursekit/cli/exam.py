"""Sit a mock exam, look at what one came to, or list them.

While an exam runs, nothing tells a score or what is right. Every response is saved at once; the clock goes on while
coursekit is closed, and the same command takes a sitting up again. When the time is up, what is there is handed in.

examples:
  coursekit exam
  coursekit exam eitc --plain
  coursekit exam --list
  coursekit exam eitc --report
  coursekit exam eitc --report 3 --json
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from random import SystemRandom
from typing import TYPE_CHECKING

from coursekit.cli._app import has_screen, open_screen, say_no_screen
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._exam_plain import sit_plain
from coursekit.cli._exam_report import print_report, report_record, sitting_line, sitting_record
from coursekit.cli._json import print_json
from coursekit.cli._plain_forms import WIDTH, Quit, line, say
from coursekit.course import Course
from coursekit.errors import ContentError, UsageError
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.clock import HonestClock
from coursekit.exam.folder import every_exam, exam_names, load_exam
from coursekit.exam.report import report
from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import rules
from coursekit.prose import plain
from coursekit.store.store import Store
from coursekit.study.settings import is_by_certainty

if TYPE_CHECKING:  # 200 ms, so only when there is a screen
    from coursekit.tui.screens.base import CourseScreen

GROUP = "learner"

_SEEDS = 1_000_000


def add_arguments(parser: ArgumentParser) -> None:
    """Say which exam, and what of it."""
    parser.add_argument("name", nargs="?", metavar="EXAM", help="an exam, as --list shows them")
    parser.add_argument("--list", action="store_true", help="list the exams and your sittings")
    parser.add_argument(
        "--report", nargs="?", type=int, const=0, metavar="N", help="what sitting N came to, or the last that ended"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per exam and sitting, or for the report")


def run(given: Namespace) -> int:
    """List, report, or sit."""
    course = the_course(given)
    if given.name:
        load_exam(course, given.name)
    is_sitting = not given.list and given.report is None and not given.json
    if is_sitting and not given.plain:
        if has_screen():
            return open_screen(given, course, lambda: _screen(given.name))
        say_no_screen()
    with closing(the_store(given, course)) as store:
        say_notice(store)
        desk.hand_in_late(course, store, utc_now())
        if given.report is not None:
            return _report(given, course, store)
        if not is_sitting:
            return _list(given, course, store)
        return _sit(course, store, load_exam(course, given.name or _only(course, store)))


def _screen(name: str | None) -> "CourseScreen":
    from coursekit.tui.screens.exams import ExamsScreen

    return ExamsScreen(name)


def _only(course: Course, store: Store) -> str:
    """Return the exam that goes on, or the only one."""
    running, names = desk.going_on(store), exam_names(course)
    if running:
        return running[0].exam
    if len(names) == 1:
        return names[0]
    known = f"There are: {', '.join(names)}." if names else "The course has none: write one as content/exams/NAME.md."
    raise UsageError(f"Name an exam: coursekit exam NAME. {known}")


def _sit(course: Course, store: Store, blueprint: Blueprint) -> int:
    """Begin or take up again, sit, and print what it came to."""
    running = desk.going_on(store, blueprint.name)
    if running:
        say("This sitting goes on; the clock went on meanwhile.")
        sitting = running[0]
    else:
        say(f"{blueprint.title}\n\n{plain(blueprint.intro, WIDTH)}\n")
        say("\n".join(rules(blueprint, len(desk.sat(store, blueprint.name)))))
        try:
            line("enter begins, q leaves: ")
        except Quit:
            return 0
        seed = SystemRandom().randrange(_SEEDS)
        sitting = desk.begin(course, store, blueprint, seed, utc_now())
    clock = HonestClock(utc_now, time.monotonic, sitting.latest or sitting.begun)
    over = sit_plain(course, store, sitting, clock)
    if over.ended is not None:
        print_report(report(course, over), by_certainty=is_by_certainty(store))
    return 0


def _report(given: Namespace, course: Course, store: Store) -> int:
    found = report(course, chosen(store, given.name, given.report or None))
    by_certainty = is_by_certainty(store)
    if given.json:
        print_json(report_record(found, by_certainty=by_certainty))
    else:
        print_report(found, by_certainty=by_certainty)
    return 0


def chosen(store: Store, exam: str | None, number: int | None) -> Sitting:
    """Return a sitting by its number, or the last that ended. Raises UsageError."""
    sittings = [one for one in desk.sat(store, exam) if number in (None, one.id)]
    over = [one for one in sittings if one.ended is not None]
    if over:
        return over[-1]
    if sittings:
        raise UsageError(f"Sitting {sittings[-1].id} goes on. Hand it in first: coursekit exam {sittings[-1].exam}")
    what = f"no sitting {number}" if number else "no sitting yet"
    of = f" of '{exam}'" if exam else ""
    raise UsageError(f"The record has {what}{of}. See 'coursekit exam --list'.")


def _list(given: Namespace, course: Course, store: Store) -> int:
    for exam in _exams(course, given.name):
        sittings = desk.sat(store, exam.name)
        if given.json:
            print_json({"type": "exam", "name": exam.name, **exam.data(), "sittings": len(sittings)})
        else:
            say(f"{exam.name}  {exam.title}\n  {rules(exam, len(sittings))[0]}")
        for sitting in sittings:
            found = report(course, sitting) if sitting.ended is not None else None
            if given.json:
                print_json(sitting_record(sitting) | ({"passed": found.has_passed} if found else {}))
            else:
                say(sitting_line(sitting, found))
    if not exam_names(course) and not given.json:
        say("The course has no exams. Write one as content/exams/NAME.md.")
    return 0


def _exams(course: Course, name: str | None) -> Iterator[Blueprint]:
    for exam in every_exam(course):
        if isinstance(exam, ContentError):
            print(f"coursekit: left out: {exam}", file=sys.stderr)
        elif name in (None, exam.name):
            yield exam
