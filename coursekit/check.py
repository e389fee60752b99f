"""Proof of a course: every file read, every link followed, every key graded, every lab run against its own claims."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coursekit.course import Course, read_text, shown
from coursekit.document import split
from coursekit.errors import ConfigError, ContentError, CoursekitError, UsageError
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.report import LabReport, run_lab
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import observe

SEEDS = range(5)


def check_course(course: Course) -> Iterator[ContentError]:
    """Read everything and yield every problem once, by file and line."""
    told: set[str] = set()
    for problem in _problems(course):
        if str(problem) not in told:
            told.add(str(problem))
            yield problem


def _problems(course: Course) -> Iterator[ContentError]:
    yield from course.problems
    yield from _front_problems(course)
    yield from _topic_problems(course)
    labs = dict(_labs(course))
    yield from _lab_problems(course, labs)
    for found in course.questions():
        if isinstance(found, ContentError):
            yield found
        else:
            yield from _question_problems(found, course, labs)


def _lab_problems(course: Course, labs: Mapping[str, Lab | ContentError]) -> Iterator[ContentError]:
    for path in sorted((course.folder / "labs").glob("*/lab.md")):
        if path.parent.name not in labs:
            message = "No question can name this lab. Call its folder by letters, digits and dashes."
            yield ContentError(shown(path), 1, message)
    for lab in labs.values():
        if isinstance(lab, ContentError):
            yield lab
        elif not lab.solution or not lab.wrong:
            message = "This lab proves nothing yet. Give settings as 'solution: {…}' and as 'wrong: [{…}]'."
            yield ContentError(lab.path, 1, message)


def check_labs(course: Course, log: Path | None = None) -> Iterator[ContentError]:
    """Run each lab's `solution`, which must meet every goal on every seed, and each `wrong`, which must not.

    Then run what predict questions ask about: what the run does must be something that can be predicted.
    """
    labs = dict(_labs(course))
    for lab in labs.values():
        if not isinstance(lab, Lab):
            continue  # `check_course` says what is wrong with it
        yield from _misses(lab, lab.solution, log)
        for settings in lab.wrong:
            yield from _passes(lab, settings, log)

    for question in course.questions():
        if isinstance(question, Question) and isinstance(lab := labs.get(question.lab or ""), Lab):
            yield from _undecided(question, lab, log)


def _undecided(question: Question, lab: Lab, log: Path | None) -> Iterator[ContentError]:
    if isinstance(question.body, Experiment):
        try:
            observe(question, _report(lab, question.body.settings(), 0, log).points)
        except (UsageError, ConfigError, ValueError) as error:
            yield ContentError(question.path, question.line, f"The run does not decide this prediction: {error}")


def _labs(course: Course) -> Iterator[tuple[str, Lab | ContentError]]:
    for name in course.lab_names():
        try:
            yield name, load_lab(course, name)
        except ContentError as error:
            yield name, error


def _question_problems(
    question: Question, course: Course, labs: Mapping[str, Lab | ContentError]
) -> Iterator[ContentError]:
    def problem(message: str) -> ContentError:
        return ContentError(question.path, question.line, message)

    for name in question.related:
        if name not in course.topic_of:
            yield problem(f"'related' names '{name}', which is no question of this course.")
    if question.lab is None:
        yield problem("This question has no lab. Name one with 'lab: …', here or in the topic's defaults.")
    elif question.lab not in labs:
        yield problem(f"'lab' names '{question.lab}'. There are: {', '.join(labs) or 'none yet'}.")
    for part, text in (("hint", question.hints), ("explanation", question.explanation)):
        if not text:
            yield problem(f"This question has no {part}. Add '### {part.capitalize()}'.")
    yield from _key_problems(question, problem, labs)


def _key_problems(question: Question, problem: Any, labs: Mapping[str, Lab | ContentError]) -> Iterator[ContentError]:
    body = question.body
    if isinstance(body, Experiment):
        lab = labs.get(question.lab or "")
        try:
            if isinstance(lab, Lab):
                lab.configure(body.settings())
        except (UsageError, ConfigError) as error:
            yield problem(f"The run cannot be made: {error}")
    elif (mark := body.grade(body.key())).fraction < 1:
        what = "model response" if mark.is_suggestion else "key"
        missing = "; ".join(e.point for e in mark.evidence if e.share < 1)
        yield problem(f"The {what} earns {mark.fraction:.0%} by its own grading. {missing}".strip())


def _front_problems(course: Course) -> Iterator[ContentError]:
    path = course.folder / "content" / "course.md"
    try:
        fields = split(read_text(path), shown(path)).fields()
        for name in ("id", "title", "programme", "field"):
            fields.text(name, None)
        fields.refuse_unknown()
    except ContentError as error:
        yield error


def _topic_problems(course: Course) -> Iterator[ContentError]:
    for topic in course.topics:
        try:
            fields = topic.document.fields()
            for name in ("title", "lesson"):
                fields.text(name, None)
            objectives = fields.mapping("objectives").data()
            fields.mapping("defaults")
            fields.refuse_unknown()
        except ContentError as error:
            yield error
            continue
        for name, section in topic.sections.items():
            objective = section.field("objective")
            if objective and objective not in objectives:
                message = f"The objective '{objective}' of '{name}' is not in the front matter's 'objectives'."
                yield ContentError(section.path, section.line, message)


def _misses(lab: Lab, settings: Mapping[str, Any], log: Path | None) -> Iterator[ContentError]:
    for seed in SEEDS:
        report = _report(lab, settings, seed, log)
        if not report.is_passed:
            missed = "; ".join(str(result) for result in report.goals if not result.met)
            yield _lab_problem(lab, "solution", f"The solution misses a goal with seed {seed}: {missed}.")


def _passes(lab: Lab, settings: Mapping[str, Any], log: Path | None) -> Iterator[ContentError]:
    for seed in SEEDS:
        if _report(lab, settings, seed, log).is_passed:
            yield _lab_problem(lab, "wrong", f"The wrong settings {dict(settings)} meet every goal with seed {seed}.")


def _report(lab: Lab, settings: Mapping[str, Any], seed: int, log: Path | None) -> LabReport:
    *_, report = run_lab(lab, lab.configure(settings, seed=seed), log)
    if not isinstance(report, LabReport):
        raise CoursekitError(f"{lab.path}: the run gave no report.")
    return report


def _lab_problem(lab: Lab, name: str, message: str) -> ContentError:
    line = split(read_text(Path(lab.path)), lab.path).fields().line_of(name)
    return ContentError(lab.path, line, message)
