"""The grade of a lab of code at the command line: a line for each check as it ends, then the points."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._lab_text import why_lines
from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.lab.code.definition import CodeLab, load_any_lab, load_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.processes import Processes
from coursekit.lab.code.results import UNWRITTEN, CheckResult, CodeGrade, ShownCase
from coursekit.lab.code.results import score_line as grade_line
from coursekit.lab.code.seeds import draw_seed
from coursekit.lab.code.submission import place_of, read_submission
from coursekit.sandbox.tiers import Tier
from coursekit.words import count

_SIGNS = {"passed": "✓", "failed": "✗", "error": "!"}
_TIERS = {
    Tier.PROCESS: "a process of its own, not confined: run only code that you trust",
    Tier.CONFINED: "confined by Landlock and seccomp",
    Tier.CONTAINED: "in a container, and confined by Landlock and seccomp",
}
_MOST_LINES = 20  # of what a submission printed


def grade_any(given: Namespace, begun: Processes | None = None) -> int:
    """Grade a file, or the settings of a lab that has knobs; return 0 when all points are earned.

    `begun` are the processes for a file's grade, if they have started already.
    """
    course = the_course(given)
    lab = load_any_lab(course, given.name)
    if isinstance(lab, CodeLab):
        return grade_file(given, course, lab, begun)
    if given.hints is not None:
        raise UsageError("--hints goes with the grade of a file that you write. Leave it out.")
    if given.file:
        raise UsageError(f"In the lab {lab.name} nothing is written, so it takes no file. Turn its knobs with --set.")
    from coursekit.cli._lab_grade import grade_it

    given.seed = given.seed or 0
    return grade_it(given)


def grade_file(given: Namespace, course: Course, lab: CodeLab, begun: Processes | None = None) -> int:
    """Grade a file, print and record the grade; return 0 when every check is passed."""
    if given.set:
        raise UsageError(f"The lab {lab.name} has no knobs to set: it grades the file that you write.")
    if given.seeds is not None or given.fault is not None:
        raise UsageError(f"The lab {lab.name} grades the file that you write. Leave --seeds and --fault out.")
    hints = _the_hints(given, lab)
    source = read_submission(the_file(given, lab))
    seed = the_seed(given)
    seed = draw_seed(SystemRandom()) if seed is None else seed
    before: CheckResult | None = None
    with Grading(lab, source, seed, begun=begun) as grading:
        for result in grading.results():
            if not given.json:
                print("\n".join(check_lines(result, before)), flush=True)
            before = result
        grade = grading.grade()
    if given.json:
        print_json(grade.to_json())
    else:
        print(clean("\n".join((*_ending(grade), *(why_lines(lab.explanation) if grade.is_passed else ())))))
    _record(given, course, grade, hints)
    return 0 if grade.is_passed else 1


def regrade_file(given: Namespace, line: bytes, name: str) -> int:
    """Make a recorded grade again from its text and seed; return 0 when it comes out the same."""
    from coursekit.lab.code.record import read_code_grade, regrade_code

    record = read_code_grade(line, name)
    reasons = regrade_code(load_code_lab(the_course(given), record.lab), record)
    if given.json:
        print_json({"type": "replay", "agrees": not reasons, "points": record.points, "reasons": reasons})
    else:
        checks = count(len(record.verdicts), "check")
        print(f"Graded the recorded text again with seed {record.seed}: {checks}.")
        print("The grade agrees." if not reasons else f"The grade does not agree: {'; '.join(reasons)}.")
    return 1 if reasons else 0


def the_file(given: Namespace, lab: CodeLab) -> Path:
    """Return the learner's file: named, or the one that `lab start` makes in a folder, by default here."""
    place = Path(given.file or ".")
    return place_of(lab, place) if place.is_dir() else place


def the_seed(given: Namespace) -> int | None:
    """Return the seed of the cases, None where none was named. Raises UsageError for one that no generator takes."""
    if given.seed is not None and given.seed < 0:
        raise UsageError(f"A seed is 0 or above, got {given.seed}.")
    return given.seed


def _the_hints(given: Namespace, lab: CodeLab) -> int:
    """Return how many hints were used. Raises UsageError for a number that the lab cannot have."""
    hints: int = given.hints or 0
    if not 0 <= hints <= len(lab.hints):
        raise UsageError(f"The lab {lab.name} has {count(len(lab.hints), 'hint')}, so you cannot have used {hints}.")
    return hints


def check_lines(result: CheckResult, before: CheckResult | None = None) -> Iterator[str]:
    """Say what a check came to, and of a public one what it came from; not again what was said just `before`."""
    check = result.check
    is_said = before and before.message == result.message and result.message != UNWRITTEN and not result.case
    worth = f"{check.points:g} point{'' if check.points == 1 else 's'}"
    hidden = "" if check.is_public else ", hidden"
    said = f": {'as above' if is_said else clean(result.message)}" if result.message else ""
    yield f"{_SIGNS[result.verdict]} {clean(check.name)} ({worth}{hidden}){said}"
    if is_said or result.message == UNWRITTEN:
        return
    if result.detail and result.detail not in result.message:
        yield f"    {clean(result.detail)}"
    if result.case:
        yield from _case_lines(check.call, result.case)
    yield from _indented("", result.traceback)
    if result.verdict != "passed" and result.output.strip():
        yield from _indented("printed   ", _some(result.output))


def _case_lines(call: str, case: ShownCase) -> Iterator[str]:
    yield from _indented(f"case {case.number}    ", f"{call}({', '.join(case.arguments)})")
    if case.expected:
        yield from _indented("expected  ", case.expected)
        yield from _indented("got       ", case.got)


def _indented(title: str, text: str) -> Iterator[str]:
    for number, line in enumerate(clean(text).splitlines()):
        yield f"    {title if number == 0 else ' ' * len(title)}{line}"


def _some(text: str) -> str:
    lines = text.strip("\n").splitlines()
    left = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], *([f"… {count(left, 'line')} more"] if left > 0 else [])])


def _ending(grade: CodeGrade) -> Iterator[str]:
    yield grade_line(grade)
    yield f"Seed {grade.seed}; the same cases come again with --seed {grade.seed}."
    yield tier_line(grade.tier)


def tier_line(tier: int) -> str:
    """Say how the code was kept from doing harm."""
    return f"Sandbox: tier {tier}, {_TIERS[Tier(tier)]}."


def _record(given: Namespace, course: Course, grade: CodeGrade, hints: int) -> None:
    """Keep the grade; where nothing can be kept, the result above still stands."""
    from coursekit.cli._lab_grade import served_lines
    from coursekit.lab.code.record import recorded_code_grade  # the record, once the result stands on the screen
    from coursekit.session import score_line, submit_written

    try:
        store = the_store(given, course)
        say_notice(store)
        recorded = recorded_code_grade(grade, utc_now())
        store.add_grade(recorded)
        submitted = submit_written(store, course, recorded, hints)
        lines = tuple(served_lines(store, course, recorded))
        store.close()
    except StoreError as error:
        print(f"coursekit: this grade is not recorded. {error}", file=sys.stderr)
        return
    for each in () if given.json else submitted:
        print(f"Question {each.attempt.question}: {score_line(each, each.attempt.finished)}.")
    for line in () if given.json else lines:
        print(line)
