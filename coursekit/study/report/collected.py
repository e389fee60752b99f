"""What a report tells: each question that was asked, what was given, and of the key what was shown already.

A key counts as shown when the question's policy had it shown after one of the tries at that variant. What an exam does
not show after its end, its attempts do not show here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, final

from coursekit.course import Course, Topic
from coursekit.errors import ContentError
from coursekit.model import Attempt
from coursekit.questions._policy import Policy
from coursekit.questions._question import Question
from coursekit.rating import IN_LAB
from coursekit.study.report.wording import Said, choices, in_words
from coursekit.study.telling import told

if TYPE_CHECKING:  # opens SQLite
    from coursekit.store.labs import LabGrade, LabRun
    from coursekit.store.sittings import StoredSitting
    from coursekit.store.store import Store


@final
@dataclass(frozen=True, slots=True)
class Try:
    """One attempt; `mark` is None where an exam does not show it, `has_changed` says the question was another then."""

    at: datetime
    response: tuple[Said, ...]
    mark: float | None
    points: float
    confidence: str | None
    hints: int
    purpose: str
    is_suggestion: bool
    has_changed: bool


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """One question; `key` and `explanation` are empty until they were shown. `problem` says why it cannot be read."""

    id: str
    title: str
    stem: str = ""
    choices: tuple[str, ...] = ()
    tries: tuple[Try, ...] = ()
    is_revealed: bool = False
    key: tuple[Said, ...] = ()
    explanation: str = ""
    references: str = ""
    note: str = ""
    problem: str = ""

    @property
    def responses(self) -> Mapping[tuple[Said, ...], Sequence[Try]]:
        """The tries by what was given, in the order in which each was given first."""
        found: dict[tuple[Said, ...], list[Try]] = {}
        for each in self.tries:
            found.setdefault(each.response, []).append(each)
        return found


@final
@dataclass(frozen=True, slots=True)
class TopicPart:
    """The questions of one topic that were asked or have a note."""

    lesson: str
    title: str
    asked: tuple[Asked, ...]


@final
@dataclass(frozen=True, slots=True)
class LabPart:
    """The runs and grades of one lab, oldest first."""

    name: str
    runs: "tuple[LabRun, ...]"
    grades: "tuple[LabGrade, ...]"


@final
@dataclass(frozen=True, slots=True)
class Report:
    """All of it; `missing` counts attempts at questions that the course has no more. Times are in `zone`."""

    title: str
    programme: str
    made: datetime
    sentences: tuple[str, ...]
    topics: tuple[TopicPart, ...]
    labs: tuple[LabPart, ...]
    missing: int
    zone: tzinfo | None = None

    def when(self, at: datetime) -> str:
        """Write a time as the learner's clock showed it."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"


def collect(course: Course, store: "Store", now: datetime, zone: tzinfo | None = None) -> Report:
    """Read everything from the record. Raises StoreError."""
    attempts: dict[str, list[Attempt]] = {}
    for attempt in (each for each in store.attempts() if each.purpose != IN_LAB):  # the lab's grade is told by itself
        attempts.setdefault(attempt.question, []).append(attempt)
    notes, sittings = store.notes.all(), store.sittings.all()
    return Report(
        title=course.title,
        programme=course.programme,
        made=now,
        sentences=tuple(told(course, store, now, zone)),
        topics=tuple(_topics(course, attempts, notes, sittings)),
        labs=tuple(_labs(store)),
        missing=sum(len(some) for name, some in attempts.items() if name not in course.topic_of),
        zone=zone,
    )


def _topics(
    course: Course,
    attempts: Mapping[str, Sequence[Attempt]],
    notes: Mapping[str, str],
    sittings: "Sequence[StoredSitting]",
) -> Iterator[TopicPart]:
    for topic in course.topics:
        names = [name for name in topic.names if name in attempts or name in notes]
        if names:
            asked = (
                _asked(course, topic, name, attempts.get(name, ()), notes.get(name, ""), sittings) for name in names
            )
            yield TopicPart(topic.lesson, topic.title, tuple(asked))


def _asked(
    course: Course,
    topic: Topic,
    name: str,
    attempts: Sequence[Attempt],
    note: str,
    sittings: "Sequence[StoredSitting]",
) -> Asked:
    """Tell one question in the variant whose key was shown last, or else in the one that was asked last."""
    title = topic.entries[name].title
    try:
        policy = course.question(name).policy
        seed = _revealed_seed(policy, attempts, sittings)
        question = course.question(name, seed if seed is not None else attempts[-1].seed if attempts else 0)
        varies = "params" in topic.sections[name].fields()  # else a seed only shuffles, and reading again costs 1 ms
        asked_as = {each.seed: course.question(name, each.seed) for each in attempts} if varies else {}
        tries = tuple(_try(asked_as.get(each.seed, question), each, sittings) for each in attempts)
    except ContentError as error:
        return Asked(name, title, note=note, problem=str(error))
    interaction = question.body.interaction()
    asked = Asked(name, title, question.stem, choices(interaction), tries, note=note)
    return asked if seed is None else _revealed(asked, question)


def _revealed(asked: Asked, question: Question) -> Asked:
    key = in_words(question.body.interaction(), question.body.key())
    explanation, references = question.explanation, question.references
    return replace(asked, is_revealed=True, key=key, explanation=explanation, references=references)


def _try(question: Question, attempt: Attempt, sittings: "Sequence[StoredSitting]") -> Try:
    after = _after(attempt, sittings)
    return Try(
        at=attempt.finished,
        response=in_words(question.body.interaction(), attempt.response),
        mark=attempt.mark if after is None or "misses" in after else None,
        points=attempt.points,
        confidence=attempt.confidence,
        hints=attempt.hints,
        purpose=attempt.purpose,
        is_suggestion=attempt.is_suggestion,
        has_changed=attempt.fingerprint != question.fingerprint,
    )


def _revealed_seed(policy: Policy, attempts: Sequence[Attempt], sittings: "Sequence[StoredSitting]") -> int | None:
    """Return the variant whose key was shown last, None while none was."""
    tries: dict[int, int] = {}
    found: int | None = None
    for attempt in attempts:
        after = _after(attempt, sittings)
        if after is not None:
            found = attempt.seed if "misses" in after and attempt.mark < 1 else found
            continue
        tries[attempt.seed] = tries.get(attempt.seed, 0) + 1
        if policy.is_revealed(attempt.mark, tries[attempt.seed]):
            found = attempt.seed
    return found


def _after(attempt: Attempt, sittings: "Sequence[StoredSitting]") -> frozenset[str] | None:
    """Return what an attempt's exam shows after its end, nothing where no sitting is found; None outside of exams."""
    if attempt.purpose != "exam":
        return None
    for sitting in sittings:
        variants = {(place.get("question"), place.get("seed")) for place in sitting.drawn}
        is_over = sitting.ended is not None and sitting.begun <= attempt.finished <= sitting.ended
        if is_over and (attempt.question, attempt.seed) in variants:
            return frozenset(sitting.blueprint.get("show", {}).get("after", ()))
    return frozenset()


def _labs(store: "Store") -> Iterator[LabPart]:
    runs, grades = store.runs(), store.grades()
    for name in sorted({each.lab for each in (*runs, *grades)}):
        mine = tuple(run for run in runs if run.lab == name), tuple(grade for grade in grades if grade.lab == name)
        yield LabPart(name, *mine)
