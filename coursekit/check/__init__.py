"""Proof of a course: every file read, every key graded, every link followed, every lab run against its own claims.

for finding in check_course(course): print(finding)
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coursekit.check.cache import examine_all
from coursekit.check.facts import CourseFacts
from coursekit.check.finding import Finding, as_finding
from coursekit.check.labs import check_labs, read_labs
from coursekit.check.rule import CourseRule, TopicRule, every_rule
from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.exam.drawing import Earlier, draw, is_keyless
from coursekit.exam.folder import every_exam
from coursekit.files import read_text, shown
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.definition import Lab
from coursekit.lab.lock import Locked, read_lock
from coursekit.questions._policy import ONE_TRY, read_policy

__all__ = ["Finding", "check_course", "check_labs"]


_OWED_BY_THE_AUTHOR = ("no-explanation", "no-kept-key", "unproven-lab")
"""What a pack without keys leaves out on purpose."""


def check_course(course: Course, kept: Path | None = None) -> Iterator[Finding]:
    """Yield every problem once, file by file; `kept` is where to keep what was found in files that do not change."""
    told: set[Finding] = set()
    left_out = _OWED_BY_THE_AUTHOR if is_keyless(course) else ()
    for finding in _findings(course, kept):
        if finding not in told and finding.code not in left_out:
            told.add(finding)
            yield finding


def _findings(course: Course, kept: Path | None) -> Iterator[Finding]:
    yield from map(as_finding, course.problems)
    yield from _front(course)
    yield from _todo(course.folder / "content" / "course.md")
    yield from _exams(course)
    labs, lock = dict(read_labs(course)), _lock(course)
    yield from _unread(course, labs, lock)
    good = {name: lab for name, lab in labs.items() if isinstance(lab, Lab)}
    facts = CourseFacts(
        examine_all(course, good, lock if isinstance(lock, dict) else None, kept),
        tuple(labs),
        tuple(course.topic_of),
    )
    for topic in facts.topics:
        yield from topic.findings
        for code, rule in every_rule().items():
            if isinstance(rule, TopicRule):
                for line, message in rule.find(topic):
                    yield Finding(topic.path, line, code, message, rule.is_error)
    yield from _across(facts)


def _across(facts: CourseFacts) -> Iterator[Finding]:
    for code, rule in every_rule().items():
        if isinstance(rule, CourseRule):
            for path, line, message in rule.find(facts):
                yield Finding(path, line, code, message, rule.is_error)


def _unread(
    course: Course, labs: Mapping[str, Lab | CodeLab | ContentError], lock: dict[str, Locked] | ContentError
) -> Iterator[Finding]:
    for problem in (*labs.values(), lock):
        if isinstance(problem, ContentError):
            yield as_finding(problem)
    for path in sorted((course.folder / "labs").glob("*/lab.md")):
        if path.parent.name not in labs:
            message = "No question can name this lab. Call its folder by letters, digits and dashes."
            yield Finding(shown(path), 1, "bad-lab-name", message)
    for lab in labs.values():
        if not isinstance(lab, ContentError):
            yield from _lab_text(lab)


def _lab_text(lab: Lab | CodeLab) -> Iterator[Finding]:
    if message := _unproven(lab):
        yield Finding(lab.path, 1, "unproven-lab", message)
    yield from _todo(Path(lab.path))


def _todo(path: Path) -> Iterator[Finding]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if "TODO" in line:
            yield Finding(shown(path), number, "todo", "Something is left to do here.", is_error=False)


def _unproven(lab: Lab | CodeLab) -> str:
    if isinstance(lab, CodeLab):
        has_slips = any((lab.folder / "wrong").glob("*.py"))
        return "" if has_slips else "This lab proves nothing yet. Put the classic mistakes into its wrong/*.py."
    is_proven = lab.solution and lab.wrong
    return "" if is_proven else "This lab proves nothing yet. Give settings as 'solution: {…}' and as 'wrong: [{…}]'."


def _lock(course: Course) -> dict[str, Locked] | ContentError:
    try:
        return read_lock(course)
    except ContentError as error:
        return error


def _exams(course: Course) -> Iterator[Finding]:
    """Read every exam, and draw each once."""
    for exam in every_exam(course):
        try:
            if isinstance(exam, ContentError):
                raise exam
            if not is_keyless(course):
                draw(exam, course, 0, Earlier())
            yield from _todo(Path(exam.path))
        except ContentError as error:
            yield as_finding(error)


def _front(course: Course) -> Iterator[Finding]:
    try:
        fields = course.front.fields()
        for name in ("id", "title", "programme", "field"):
            fields.text(name, None)
        if not isinstance(fields.value("keyless", False), bool):
            raise fields.error("keyless", "'keyless' must be true or false.")
        read_policy(fields, ONE_TRY)
        fields.refuse_unknown()
    except ContentError as error:
        yield as_finding(error)
