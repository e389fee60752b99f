"""Check a course: every file, link and key, and with --labs every lab's own proof.

With --grading the scorer of free text is held against the responses that a person graded (content/gold/*.jsonl).

examples:
  coursekit check
  coursekit check my-course --json
  coursekit check --labs
  coursekit check --grading

Exit status: 0 when nothing was found, 1 when something was.
"""

import sys
from argparse import ArgumentParser, Namespace
from itertools import chain

from coursekit.check import check_course, check_labs
from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._grading import print_grading
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.gold import read_gold
from coursekit.words import count


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be checked."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a course's folder; default: the course at hand")
    parser.add_argument("--labs", action="store_true", help="also run each lab's solution and wrong settings")
    parser.add_argument("--grading", action="store_true", help="also compare free text's scores with graded responses")
    parser.add_argument("--json", action="store_true", help="one JSON object per finding, and per row of --grading")


def run(given: Namespace) -> int:
    """Print every finding by file and line."""
    if given.path:
        given.course = given.path
    course = the_course(given)
    found = 0
    proofs = check_labs(course, the_log(given)) if given.labs else ()
    gold = read_gold(course) if given.grading else None
    for problem in chain(check_course(course), gold.problems if gold else (), proofs):
        found += 1
        if given.json:
            print_json({"path": problem.path, "line": problem.line, "message": problem.message})
        else:
            print(clean(str(problem)), flush=True)
    if gold:
        print_grading(gold, as_json=given.json)
    questions, topics = count(len(course.topic_of), "question"), count(len(course.topics), "topic")
    labs = f"{count(len(course.lab_names()), 'lab')}{' run' if given.labs else ''}"
    findings = count(found, "finding") if found else "no findings"
    print(f"{questions}, {topics}, {labs}: {findings}.", file=sys.stderr)
    return 1 if found else 0
