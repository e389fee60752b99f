"""The gold set of a course: responses that a person graded, and how well the scorer goes with those grades.

    content/gold/tune.jsonl          {"question": "sgd-role", "type": "partial", "grade": 0.5, "text": "An optimizer …"}
    content/gold/questions.markdown  questions that are for measuring only, written as in a topic file

Each file of responses is measured by itself, so that what was tuned on one half is seen on the other. The questions'
file is not called `.md`: those are topics, and a learner is not asked these.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, final

from coursekit.course import Course
from coursekit.document import Section, split
from coursekit.errors import ContentError
from coursekit.files import read_text, shown
from coursekit.grading.figures import Figures, Scored, figures
from coursekit.grading.rubric import count_words
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question
from coursekit.questions.free_response import FreeResponse, likeness

FOLDER = Path("content") / "gold"
QUESTIONS = "questions.markdown"
_TEXTS = ("question", "type", "text")
_EXAMPLE = '{"question": "sgd-role", "type": "partial", "grade": 0.5, "text": "It lowers the loss."}'


@final
@dataclass(frozen=True, slots=True)
class GoldResponse:
    """A response, what sort of response it is, and the grade in [0, 1] that a person gave."""

    question: str
    type: str
    grade: float
    text: str
    file: str
    """The name of the file that it stands in."""


@final
@dataclass(frozen=True, slots=True)
class GoldSet:
    """All graded responses, the questions that they are to, and what is wrong with the files."""

    responses: tuple[GoldResponse, ...]
    bodies: Mapping[str, FreeResponse]
    problems: tuple[ContentError, ...]


@final
@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one file, of one question or of all (`of`)."""

    of: str
    name: str
    figures: Figures


def read_gold(course: Course) -> GoldSet:
    """Read the gold set of a course; one without a set has no responses."""
    problems: list[ContentError] = []
    extra = tuple(_extra_sections(course, problems))
    bodies = dict(_bodies(course, extra, problems))
    responses = tuple(_responses(course, bodies, problems))
    return GoldSet(responses, bodies, tuple(problems))


def measured(gold: GoldSet) -> tuple[Row, ...]:
    """Hold the scorer against the grades: for each file, for all, and for each question."""
    rows = [(response, scored(gold, response)) for response in gold.responses]
    files = dict.fromkeys(response.file for response in gold.responses)
    questions = dict.fromkeys(response.question for response in gold.responses)
    return (
        *(Row("file", name, figures([row for found, row in rows if found.file == name])) for name in files),
        Row("course", "all", figures([row for _, row in rows])),
        *(Row("question", name, figures([row for found, row in rows if found.question == name])) for name in questions),
    )


def scored(gold: GoldSet, response: GoldResponse) -> Scored:
    """Score one response."""
    like = likeness(gold.bodies[response.question], response.text)
    return Scored(response.grade, like.words, like.rubric, like.raw, count_words(response.text), like.band)


def _extra_sections(course: Course, problems: list[ContentError]) -> Iterator[Section]:
    path = course.folder / FOLDER / QUESTIONS
    if not path.exists():
        return
    try:
        yield from split(read_text(path, course.folder), shown(path)).sections
    except ContentError as error:
        problems.append(error)


def _bodies(
    course: Course, extra: Sequence[Section], problems: list[ContentError]
) -> Iterator[tuple[str, FreeResponse]]:
    for found in course.questions():
        if isinstance(found, Question) and isinstance(found.body, FreeResponse):
            yield found.id, found.body  # a question that cannot be read is told by the check of the course
    for section in extra:
        try:
            yield _extra(course, section)
        except ContentError as error:
            problems.append(error)


def _extra(course: Course, section: Section) -> tuple[str, FreeResponse]:
    question = read_question(section, Defaults("Gold set", "Gold set", weights=lambda: course.word_weights))
    if question.id in course.topic_of:
        message = f"The id '{question.id}' is taken by a question of the course. Give this one another."
        raise ContentError(section.path, section.line, message)
    if not isinstance(question.body, FreeResponse):
        raise ContentError(section.path, section.line, "Only free-response questions are graded by words. Take it out.")
    return question.id, question.body


def _responses(
    course: Course, bodies: Mapping[str, FreeResponse], problems: list[ContentError]
) -> Iterator[GoldResponse]:
    for path in sorted((course.folder / FOLDER).glob("*.jsonl")):
        try:
            lines = read_text(path, course.folder).split("\n")
        except ContentError as error:
            problems.append(error)
            continue
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    yield _response(line, path.name, bodies)
            except ValueError as error:
                problems.append(ContentError(shown(path), number, str(error)))


def _response(line: str, file: str, bodies: Mapping[str, FreeResponse]) -> GoldResponse:
    """Read a line. Raises ValueError, in words for the author."""
    entry = _entry(line)
    question, kind, text = (_named(entry, name) for name in _TEXTS)
    if question not in bodies:
        raise ValueError(f"'{question}' is no free-response question of the course or of {FOLDER / QUESTIONS}.")
    return GoldResponse(question, kind, _grade(entry), text, file)


def _entry(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ValueError(f"Not a JSON object in one line. Write for example {_EXAMPLE}.")
    entry = cast("dict[str, Any]", found)
    if unknown := sorted(entry.keys() - {*_TEXTS, "grade"}):
        raise ValueError(f"There is no '{unknown[0]}' here. A graded response has question, type, grade and text.")
    return entry


def _named(entry: Mapping[str, Any], name: str) -> str:
    if not isinstance(value := entry.get(name), str):
        raise ValueError(f"'{name}' must be a text, as in {_EXAMPLE}.")
    return value


def _grade(entry: Mapping[str, Any]) -> float:
    grade = entry.get("grade")
    if isinstance(grade, bool) or not isinstance(grade, int | float) or not 0 <= grade <= 1:
        raise ValueError(f"'grade' must be a number from 0 to 1, got {json.dumps(grade)}.")
    return float(grade)
