"""Check a course: every file, link and key, and with --labs every lab's own proof.

PATH is a course's folder, one file of it, or a lab's folder: then only that is proved. Each finding has a file, a line
and a code: 'coursekit explain CODE' shows it wrong and right. --fix mends what is safe: words whose right spelling is
sure, and the kept keys of predictions.
With --grading the scorer of free text is held against the responses that a person graded (content/gold/*.jsonl).

examples:
  coursekit check
  coursekit check my-course --format json
  coursekit check content/2-batches.md --watch
  coursekit check --labs --strict

Exit status: 0 when no error was found (with --strict: no warning either), 1 when one was.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from coursekit.check import Finding, check_course, check_labs
from coursekit.check.finding import as_finding
from coursekit.check.fix import fix
from coursekit.cli._context import the_cache, the_course
from coursekit.cli._findings import FORMATS, print_finding
from coursekit.cli._grading import print_grading
from coursekit.cli._log import the_log
from coursekit.course import Course, course_of
from coursekit.errors import CourseError, UsageError
from coursekit.files import shown
from coursekit.gold import GoldSet, read_gold
from coursekit.words import count

GROUP = "instructor"

_RUN_AGAIN = ("no-kept-key", "stale-key")


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be checked."""
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a course's folder or file; default: the course at hand"
    )
    parser.add_argument("--labs", action="store_true", help="also run each lab's solution and wrong settings")
    parser.add_argument("--tensorflow", action="store_true", help="with --labs: training on TensorFlow as well")
    parser.add_argument("--grading", action="store_true", help="also compare free text's scores with graded responses")
    parser.add_argument("--strict", action="store_true", help="take a warning for an error")
    parser.add_argument("--fix", action="store_true", help="mend what is safe to mend, then check")
    parser.add_argument("--watch", action="store_true", help="check again on every save, until ctrl+c")
    parser.add_argument("--format", choices=FORMATS, default="text", help="github: annotations of a pull request")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")


def run(given: Namespace) -> int:
    """Print every finding by file and line."""
    if given.tensorflow and not given.labs:
        raise UsageError("--tensorflow says where labs are run, so it goes with --labs.")
    file = _take_path(given)
    if given.watch:
        return _watch(given, file)
    if given.fix:
        _mend(given, file)
    return _check(given, file)


def _take_path(given: Namespace) -> Path | None:
    """Set the course that PATH names, or lies in; return PATH where it is a file."""
    path = Path(given.path or "")
    path = path / "lab.md" if given.path and (path / "lab.md").is_file() else path
    if path.suffix == ".zip" and path.is_file():
        install = f"Install it with 'coursekit course add {given.path}'"
        raise CourseError(f"{given.path} is a pack. {install}, then check it by its id: 'coursekit check ID'.")
    if not path.is_file():
        given.course = given.path or given.course
        return None
    folder = course_of(path)
    if folder is None:
        raise CourseError(f"{given.path} lies in no course: no folder above it has a content/course.md.")
    given.course = str(folder)
    return path


def _check(given: Namespace, file: Path | None) -> int:
    course = the_course(given)
    gold = read_gold(course) if given.grading else None
    errors = warnings = 0
    for finding in _findings(given, course, file, gold):
        errors, warnings = errors + finding.is_error, warnings + (not finding.is_error)
        print_finding(finding, given.format)
    if gold:
        print_grading(gold, as_json=given.format == "json")
    print(f"{shown(file) if file else _scope(given, course)}: {_sum(errors, warnings)}.", file=sys.stderr)
    return 1 if errors or (given.strict and warnings) else 0


def _findings(given: Namespace, course: Course, file: Path | None, gold: GoldSet | None) -> Iterator[Finding]:
    kept = the_cache(given, course.folder, "check")
    only = shown(file) if file else None
    log = the_log(given)
    proofs = check_labs(course, log, only=only, also_on_tensorflow=given.tensorflow) if given.labs else ()
    for finding in chain(check_course(course, kept), map(as_finding, gold.problems if gold else ()), proofs):
        if only in (None, finding.path):
            yield finding


def _scope(given: Namespace, course: Course) -> str:
    questions, topics = count(len(course.topic_of), "question"), count(len(course.topics), "topic")
    return f"{questions}, {topics}, {count(len(course.lab_names()), 'lab')}{' run' if given.labs else ''}"


def _sum(errors: int, warnings: int) -> str:
    found = [count(errors, "error")] * bool(errors) + [count(warnings, "warning")] * bool(warnings)
    return " and ".join(found) or "no findings"


def _mend(given: Namespace, file: Path | None) -> None:
    """Mend what is safe; a word that is mended may show the next one, so a few times."""
    findings: list[Finding] = []
    for _ in range(5):
        course = the_course(given)
        findings = list(_findings(given, course, file, None))
        mended = fix(findings)
        for finding in mended:
            print(f"{finding.path}:{finding.line}: '{_old(finding)}' is now '{_new(finding)}'.", file=sys.stderr)
        if not mended:
            break
    if any(finding.code in _RUN_AGAIN for finding in findings):
        from coursekit.cli import lock

        lock.run(Namespace(**vars(given) | {"path": None, "all": False, "json": False}))


def _old(finding: Finding) -> str:
    return finding.fix[0] if finding.fix else ""


def _new(finding: Finding) -> str:
    return finding.fix[1] if finding.fix else ""


def _watch(given: Namespace, file: Path | None) -> int:
    from watchfiles import watch  # 30 ms, and few watch

    folder = the_course(given).folder
    status = _check(given, file)
    with suppress(KeyboardInterrupt):  # ctrl+c is the way to end it; the status is of the last check
        for _ in watch(folder, debounce=200, step=50, raise_interrupt=True):
            print(file=sys.stderr)
            try:
                status = _check(given, file)
            except CourseError as error:  # it may be mended with the next save
                print(f"coursekit: {error}", file=sys.stderr)
    return status
