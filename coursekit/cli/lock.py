"""Make the runs that questions ask or tell about, and keep the keys that they decide and their figures.

examples:
  coursekit lock
  coursekit lock my-course --all
  coursekit lock --json

They are kept in the course's content/predict.lock. One is made again when its lab's settings, what is asked, or the
trainer have changed; with --all, every one.

Exit status: 0 when every prediction is decided and every figure made, 1 when one is not.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.course import Course
from coursekit.errors import CourseError, CoursekitError
from coursekit.lab import figures
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.experiment import decided, run_and_observe
from coursekit.lab.lock import Locked, lock_path, made_by, read_lock, write_lock
from coursekit.lab.report import last_report
from coursekit.questions._body import Experiment
from coursekit.questions._figures import Figure
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
    for question in _with_runs(course):
        for name, locked in _kept(given, course, question, before):
            if isinstance(locked, Locked):
                after[name] = locked
                _say(given, name, before.get(name), locked)
            else:
                failures += 1
                print(clean(f"{question.path}:{question.line}: {locked}"), file=sys.stderr)
    if after != before:
        _write(course, after)
    renewed = sum(before.get(name) != locked for name, locked in after.items())
    print(f"{_sum(after)}, {renewed} renewed, {failures} undecided.", file=sys.stderr)
    return 1 if failures else 0


def _with_runs(course: Course) -> Iterator[Question]:
    for question in course.questions():
        if isinstance(question, Question) and (isinstance(question.body, Experiment) or question.figures):
            yield question


def _kept(
    given: Namespace, course: Course, question: Question, before: Mapping[str, Locked]
) -> Iterator[tuple[str, Locked | Exception]]:
    """Yield what is kept for a question, by name: as it was, or made again, or why it could not be made."""
    try:
        lab = load_lab(course, question.lab or "")
    except CoursekitError as error:
        yield question.id, error
        return
    for name, digest, make in _wanted(question, lab, the_log(given)):
        try:
            now, kept = digest(), before.get(name)
            yield name, kept if kept and kept.made_by == now and not given.all else Locked(now, make())
        except (CoursekitError, ValueError) as error:
            yield name, error


def _wanted(
    question: Question, lab: Lab, log: Path | None
) -> Iterator[tuple[str, Callable[[], str], Callable[[], str]]]:
    """Yield a name, what digests its origin, and what makes it: the key if runs decide it, and each figure."""
    if isinstance(question.body, Experiment):
        yield question.id, partial(made_by, question, lab), partial(_decide, question, lab, log)
    for figure in question.figures:
        make = partial(_measure, figure, lab, log)
        yield figure.kept_as(question.id), partial(figures.made_by, figure, lab), make


def _decide(question: Question, lab: Lab, log: Path | None) -> str:
    observed = run_and_observe(question, lab, log)
    decided(question, observed)
    return observed


def _measure(figure: Figure, lab: Lab, log: Path | None) -> str:
    return figures.rounded(figure, figures.measure(figure, lab, partial(last_report, log=log)))


def _sum(kept: Mapping[str, Locked]) -> str:
    told = sum(":" in name for name in kept)
    made = f", {count(told, 'figure')} made" if told else ""
    return f"{count(len(kept) - told, 'prediction')} decided{made}"


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
