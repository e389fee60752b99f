"""A question in each state in which a learner meets it, made without a record: nothing of a preview is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never, final

from coursekit.course import Course
from coursekit.errors import CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.grading.number import format_number, read_quantity
from coursekit.lab.experiment import decided
from coursekit.lab.lock import read_lock
from coursekit.model import (
    Attempt,
    Choice,
    Gaps,
    Interaction,
    LongText,
    Matching,
    Ordering,
    Program,
    Response,
    TextEntry,
)
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, concealed

STATES = ("fresh", "hint", "right", "wrong", "exam")
"""As it is asked, with every hint, after the key, after a wrong response, and as a mock exam asks it."""

_NOT_RUN = "No run has decided this prediction yet. Run 'coursekit lock'."
_NO_VERDICT = "A program is graded by its lab, so there is no verdict to show here."
_NO_KEY = "The key of this question is elsewhere, so there is no verdict to show here."
_NONE_WRONG = "No wrong response was found to show here."
_BESIDE_IT = "Oranges, bananas and weather stand in this sentence, which was written only to be wrong."
_NO_HINT = "This question has no hint."


@final
@dataclass(frozen=True, slots=True)
class Shown:
    """What to draw of a question; `note` says what cannot be shown, and why."""

    question: Question
    hints: int = 0
    submitted: Submitted | None = None
    note: str = ""


def in_state(course: Course, question: Question, state: str, now: datetime) -> Shown:
    """Bring a question into one of STATES."""
    match state:
        case "hint":
            return Shown(question, len(question.hints), note="" if question.hints else _NO_HINT)
        case "right" | "wrong":
            return _graded(course, question, state, now)
        case _:
            return Shown(question)


def wrong_response(question: Question) -> Response | None:
    """Choose a response that earns least, None where all that are tried here are right."""
    interaction = question.body.interaction()
    tried = [r for r in _others(interaction, question.body.key()) if what_is_missing(interaction, r) is None]
    marks = [question.body.grade(response).fraction for response in tried]
    return tried[marks.index(min(marks))] if marks and min(marks) < 1 else None


def _graded(course: Course, question: Question, state: str, now: datetime) -> Shown:
    if isinstance(question.body.interaction(), Program):
        return Shown(question, note=_NO_VERDICT)
    try:
        question = _with_key(course, question)
    except (CoursekitError, ValueError) as error:
        return Shown(question, note=str(error))
    if not question.body.key():
        return Shown(question, note=_NO_KEY)
    response = question.body.key() if state == "right" else wrong_response(question)
    if response is None:
        return Shown(question, note=_NONE_WRONG)
    return Shown(question, submitted=_submitted(question, response, now))


def _with_key(course: Course, question: Question) -> Question:
    """Give a prediction the key that is kept of its runs. Raises ValueError, ContentError."""
    if not isinstance(question.body, Experiment):
        return question
    kept = read_lock(course).get(question.id)
    if kept is None:
        raise ValueError(_NOT_RUN)
    return decided(question, kept.observed)


def _submitted(question: Question, response: Response, now: datetime) -> Submitted:
    """Grade the last try; of a suggested mark, take what was suggested as confirmed."""
    mark = question.body.grade(response)
    attempt = Attempt(
        question=question.id,
        fingerprint=question.fingerprint,
        response=response,
        mark=mark.fraction,
        points=question.points,
        is_suggestion=False,
        hints=0,
        seed=question.seed,
        started=now,
        finished=now,
    )
    submitted = Submitted(attempt, mark, None, question.policy, question.policy.attempts)
    return submitted if submitted.is_revealed else replace(submitted, mark=concealed(mark, question, response))


def _others(interaction: Interaction, key: Response) -> Iterator[Response]:
    """List some responses that are not the key."""
    match interaction:
        case Choice(options=options, many=many):
            others = tuple(str(n) for n in range(1, len(options) + 1) if str(n) not in key)
            yield from ([others] if many and others else [])
            yield from ((number,) for number in others)
            yield key[:-1]
        case TextEntry():
            yield from ((text,) for text in _texts(interaction, " ".join(key)))
        case LongText(least_words=least):
            yield (" ".join([_BESIDE_IT] * (least // 6 + 1)),)
        case Gaps(gaps=gaps):
            yield from zip(*(_texts(gap, text) for gap, text in zip(gaps, key, strict=True)), strict=True)
        case Ordering():
            yield key[::-1]
        case Matching(partners=partners):
            yield tuple(str(int(number or 1) % len(partners) + 1) for number in key)
        case Program():
            return
        case _:
            assert_never(interaction)


def _texts(entry: TextEntry, key: str) -> tuple[str, ...]:
    """Write three lines, of which a key can hardly accept all; numbers where one is expected."""
    if not entry.number:
        return "something else", "no idea", "0"
    value = read_quantity(key, dict.fromkeys(entry.units, 1.0)) or 0.0
    return tuple(f"{format_number(n)} {next(iter(entry.units), '')}".rstrip() for n in (2 * value + 1, -value - 1, 0))
