"""Write a statement of a mock exam that you passed, as a page and as data.

The page (HTML, no scripts) and the data (JSON, beside it) say what was passed, when, the seeds, the fingerprints of the
questions, and your responses. 'coursekit verify' draws and grades it again. It is your own statement: it proves no
identity, and it is no certificate of the programme.

examples:
  coursekit certificate
  coursekit certificate eitc --sitting 3 --out rehearsal.html
"""

import json
import os
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli.exam import chosen
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.exam import desk
from coursekit.exam.folder import load_exam
from coursekit.exam.report import Report, report
from coursekit.exam.statement import PROVES, statement
from coursekit.exam.statement_page import page
from coursekit.lab.export import refuse_target
from coursekit.packs.build import write_whole
from coursekit.store.store import Store

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say of which sitting, and where to."""
    parser.add_argument("name", nargs="?", metavar="EXAM", help="an exam; default: the last one that you passed")
    parser.add_argument("--sitting", type=int, metavar="N", help="a sitting, as 'coursekit exam --list' numbers them")
    parser.add_argument(
        "--out", metavar="FILE", help="the page; the data goes beside it (default: EXAM-sitting-N.html)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(given: Namespace) -> int:
    """Write both files, and say which."""
    course = the_course(given)
    if given.name:
        load_exam(course, given.name)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        desk.hand_in_late(course, store, utc_now())
        found = _passed(course, store, given.name, given.sitting)
    record = statement(course, found)
    named = given.out or f"{found.sitting.exam}-sitting-{found.sitting.id}.html"
    place = Path(os.path.expanduser(named)).with_suffix(".html")  # pathlib's raises for an unknown user
    data = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    both = ((place, page(record)), (place.with_suffix(".json"), data))
    for path, _ in both:
        refuse_target(path, force=given.force)
    for path, text in both:
        write_whole(path, lambda out, text=text: out.write(text.encode("utf-8", "replace")))
        print(clean(str(path)))
    print(f"{PROVES}")
    return 0


def _passed(course: Course, store: Store, exam: str | None, number: int | None) -> Report:
    """Grade the sitting that was named, or find the last that was passed. Raises UsageError."""
    if number is not None:
        return report(course, chosen(store, exam, number))
    over = [report(course, one) for one in desk.sat(store, exam) if one.ended is not None]
    if not over:
        return report(course, chosen(store, exam, None))  # which says what is missing
    passed = [one for one in over if one.has_passed]
    if not passed:
        raise UsageError("None of your sittings was passed, so there is nothing to state. See 'coursekit exam --list'.")
    return passed[-1]
