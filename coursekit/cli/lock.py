"""Make the runs that predict questions ask about, and keep the keys that they decide.

examples:
  coursekit lock
  coursekit lock my-course --all
  coursekit lock --json

The keys are kept in the course's content/predict.lock. A key is made again when its lab's settings, what is asked, or
the trainer have changed; with --all, every one.

Exit status: 0 when every prediction is decided, 1 when one is not.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.course import Course
from coursekit.errors import CourseError, CoursekitError
from coursekit.lab.definition import load_lab
from coursekit.lab.experiment import decided, run_and_observe
from coursekit.lab.lock import Locked, lock_path, made_by, read_lock, write_lock
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.words import count


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be made again."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a course's folder; default: the course at hand")
    parser.add_argument("--all", action="store_true", help="make every run again, also where nothing changed")
    parser.add_argument("--json", action="store_true", help="one JSON object per question")


def run(given: Namespace) -> int:
    """Make what is stale, say each, and write the file when it changed."""
    if given.path:
        given.course = given.path
    course = the_course(given)
    before = read_lock(course)
    after: dict[str, Locked] = {}
    failures = 0
    for question in _predictions(course):
        try:
            after[question.id] = _locked(given, course, question, before)
        except (CoursekitError, ValueError) as error:
            failures += 1
            print(clean(f"{question.path}:{question.line}: {error}"), file=sys.stderr)
        else:
            _say(given, question.id, before.get(question.id), after[question.id])
    if after != before:
        _write(course, after)
    renewed = sum(before.get(name) != locked for name, locked in after.items())
    print(f"{count(len(after), 'prediction')} decided, {renewed} renewed, {failures} undecided.", file=sys.stderr)
    return 1 if failures else 0


def _predictions(course: Course) -> Iterator[Question]:
    for question in course.questions():
        if isinstance(question, Question) and isinstance(question.body, Experiment):
            yield question


def _locked(given: Namespace, course: Course, question: Question, before: Mapping[str, Locked]) -> Locked:
    lab = load_lab(course, question.lab or "")
    now, kept = made_by(question, lab), before.get(question.id)
    if kept and kept.made_by == now and not given.all:
        return kept
    observed = run_and_observe(question, lab, the_log(given))
    decided(question, observed)
    return Locked(now, observed)


def _say(given: Namespace, name: str, before: Locked | None, after: Locked) -> None:
    if given.json:
        was = before.observed if before else None
        print_json({"question": name, "observed": after.observed, "before": was, "renewed": before != after})
    elif before != after:
        was = f"  (was {before.observed})" if before and before.observed != after.observed else ""
        print(clean(f"{name}  {after.observed}{was}"))


def _write(course: Course, locked: Mapping[str, Locked]) -> None:
    try:
        write_lock(course, locked)
    except OSError as error:
        raise CourseError(f"{lock_path(course)} cannot be written: {error.strerror}. Copy the course first.") from error
