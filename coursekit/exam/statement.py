"""The statement of a passed sitting as data, and its proof: the drawing and the grading done again.

    {"coursekit": "statement of a mock exam", "exam": "eitc", "seed": 8013, "places": [{"question": …}], …}

`sha256` is over all the rest, against slips; whoever means to deceive can make it anew. Then the drawing and the
grading have to agree still, and who sat there no file can say.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, cast, final

from coursekit import __version__
from coursekit.course import Course
from coursekit.errors import ContentError, CoursekitError, UsageError
from coursekit.exam.blueprint import kept_blueprint
from coursekit.exam.drawing import Earlier, Place, draw
from coursekit.exam.folder import load_exam
from coursekit.exam.report import Report, grade
from coursekit.exam.shown import is_given
from coursekit.exam.sitting import HANDED_IN, TIME

KIND = "statement of a mock exam"
PROVES = (
    "This is a learner's own statement about a rehearsal. It was graded on the learner's own machine, by a program "
    "and from files that the learner can change. It proves no identity: who sat there, and with which help, it cannot "
    "say. "
    "It is no certificate of the programme. 'coursekit verify' draws and grades again what it tells."
)
_NAMES = (
    "says",
    "course",
    "exam",
    "title",
    "sitting",
    "blueprint",
    "seed",
    "earlier",
    "begun",
    "ended",
    "why",
    "places",
)
_NEAR = 1e-9

Record = dict[str, Any]  # Any: JSON


@final
class _Unreadable(Exception):  # noqa: N818  becomes a UsageError with the file's name
    """What is no statement."""


def statement(course: Course, report: Report) -> Record:
    """Return the statement of a sitting. Raises UsageError for one that was not passed."""
    sitting = report.sitting
    if not report.has_passed:
        wanted = f"{100 * sitting.blueprint.pass_share:g} %"
        message = (
            f"Sitting {sitting.id} reached {100 * report.share:.0f} %, and {wanted} pass. Nothing is stated of it."
        )
        raise UsageError(message)
    variants = {place.question: place.seed for place in sitting.places}
    record: Record = {
        "coursekit": KIND,
        "version": __version__,
        "says": PROVES,
        "course": {"id": course.id, "title": course.title, "bank": bank_digest(course)},
        "exam": sitting.exam,
        "title": sitting.blueprint.title,
        "sitting": sitting.id,
        "blueprint": sitting.blueprint.data(),
        "seed": sitting.seed,
        "earlier": {"variants": variants, "last": list(sitting.last)},
        "begun": sitting.begun.isoformat(),
        "ended": sitting.ended.isoformat() if sitting.ended else None,
        "why": sitting.why,
        "places": [one.drawn.data() | {"response": list(one.response), "mark": one.fraction} for one in report.judged],
        "score": _score(report.earned, report.out_of, sitting.blueprint.pass_share),
    }
    return record | {"sha256": digest(record)}


def digest(record: Mapping[str, Any]) -> str:
    """Digest all of a statement but its own digest."""
    rest = {name: value for name, value in record.items() if name != "sha256"}
    return sha256(json.dumps(rest, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def bank_digest(course: Course) -> str:
    """Digest what a drawing can see of a course without reading its questions."""
    rows = [[name, topic.title, topic.lesson, *course.facts(name)] for name, topic in course.topic_of.items()]
    return sha256(json.dumps(rows).encode()).hexdigest()[:16]


def differences(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    """Draw and grade again what a statement tells, and say what differs: nothing where it holds.

    Raises UsageError for what is no statement.
    """
    try:
        yield from _differences(course, record)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, _Unreadable) as error:
        raise UsageError(f"This is no statement of a mock exam that can be read: {error}.") from error


def _differences(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    if record.get("coursekit") != KIND or any(name not in record for name in _NAMES):
        raise _Unreadable("it has not the fields of one")
    if record.get("sha256") != digest(record):
        yield "The file was changed after it was written: its digest does not fit what it holds."
    if record["course"]["id"] != course.id:
        yield f"It is about the course '{record['course']['id']}', and this one is '{course.id}'."
        return
    if record["course"]["bank"] != bank_digest(course):
        yield "The course has other questions than then. What follows may come from that."
    yield from _words(course, record)
    yield from _blueprint(course, record)
    yield from _times(record)
    yield from _drawing(course, record)
    yield from _grading(course, record)


def _words(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    """Hold what a person reads first to what it was written as."""
    said = {"says": (PROVES,), "why": (HANDED_IN, TIME), "title": (record["blueprint"]["title"],)}
    for name, allowed in said.items():
        if record[name] not in allowed:
            yield f"Its '{name}' was written as '{allowed[0]}'."
    if record["course"]["title"] != course.title:
        yield f"The course is called '{course.title}', the file says '{record['course']['title']}'."


def _blueprint(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    try:
        now = load_exam(course, str(record["exam"])).data()
    except CoursekitError as error:
        yield f"Its exam cannot be read: {error}"
        return
    for name, value in now.items():
        if record["blueprint"].get(name) != value:
            yield f"The exam says '{name}: {json.dumps(value)}', the file {json.dumps(record['blueprint'].get(name))}."


def _times(record: Mapping[str, Any]) -> Iterator[str]:
    begun, ended = (datetime.fromisoformat(record[name]) for name in ("begun", "ended"))
    minutes = record["blueprint"].get("minutes")
    if not 0 <= (ended - begun).total_seconds() <= (float("inf") if minutes is None else 60 * minutes + 1):
        yield f"It began at {record['begun']} and ended at {record['ended']}, which is not within its time."


def _drawing(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    """Draw again, and compare place by place."""
    earlier = record["earlier"]
    variants = {str(name): int(variant) for name, variant in earlier["variants"].items()}
    try:
        blueprint = kept_blueprint(record["blueprint"], str(record["exam"]))
        drawn = draw(blueprint, course, record["seed"], Earlier(variants, tuple(map(str, earlier["last"]))))
    except ContentError as error:
        yield f"The exam cannot be drawn again: {error.message}"
        return
    told = _places(record)
    if {place.question for place in drawn} != {place.question for place in told}:
        yield f"The seed {record['seed']} draws other questions than the file names."
        return
    for number, (mine, other) in enumerate(zip(drawn, record["places"], strict=False), 1):
        for name, value in mine.data().items():
            if other[name] != value:
                yield f"Question {number}: drawn again, '{name}' is {value}, the file says {other[name]}."
    if len(drawn) != len(told):
        yield f"The seed draws {len(drawn)} questions, the file has {len(told)}."


def _grading(course: Course, record: Mapping[str, Any]) -> Iterator[str]:
    """Grade again, and compare each mark and the score."""
    earned = out_of = 0.0
    for number, (place, row) in enumerate(zip(_places(record), record["places"], strict=True), 1):
        response = tuple(str(text) for text in cast("list[Any]", row["response"]))
        one = grade(course, number - 1, place, response)
        earned, out_of = earned + one.earned, out_of + one.points
        if one.question and response and not is_given(one.question.body.interaction(), response):
            yield f"Question {number}: '{', '.join(response)}' is no response."
        if one.note:
            yield f"Question {number}: {one.note}"
        if not _is_near(row["mark"], one.fraction):
            yield f"Question {number}: graded again it earns {one.fraction:g}, the file says {row['mark']}."
    again = _score(earned, out_of, float(record["blueprint"]["pass"]) / 100)
    for name, value in again.items():
        told = record["score"].get(name)
        if (told is not value) if isinstance(value, bool) else not _is_near(told, value):
            yield f"The score's '{name}' is {value}, the file says {told}."
    if not again["passed"]:
        yield "Graded again, the sitting is not passed."


def _places(record: Mapping[str, Any]) -> tuple[Place, ...]:
    return tuple(map(Place.of, record["places"]))


def _score(earned: float, out_of: float, pass_share: float) -> Record:
    share = earned / out_of if out_of else 0.0
    return {"earned": earned, "out_of": out_of, "share": share, "passed": share >= pass_share - _NEAR}


def _is_near(told: Any, value: float) -> bool:  # Any: JSON
    return isinstance(told, int | float) and not isinstance(told, bool) and abs(told - value) <= _NEAR
