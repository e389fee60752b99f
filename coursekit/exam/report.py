"""What a sitting came to: the score, by topic and objective, and each miss. Only of one that has ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import final

from coursekit.course import Course
from coursekit.errors import CoursekitError, UsageError
from coursekit.exam.drawing import Place, read_question
from coursekit.exam.sitting import Sitting
from coursekit.model import Mark, Response
from coursekit.questions._question import Question

Said = tuple[str, int, int, float]
"""A word of confidence ('' for none), one response, whether it got all points, its mark."""


@final
@dataclass(frozen=True, slots=True)
class Judged:
    """One place, graded. Without a response, or a question that can still be read, it is a miss."""

    place: int
    drawn: Place
    question: Question | None
    response: Response
    mark: Mark
    note: str = ""
    """What a person should know about how it was graded."""
    confidence: str | None = None
    """How sure the learner said to be of the response."""

    @property
    def fraction(self) -> float:
        """The mark, in [0, 1]."""
        return self.mark.fraction

    @property
    def points(self) -> float:
        """What it could earn."""
        return self.drawn.points

    @property
    def earned(self) -> float:
        """What it earned, in points."""
        return self.fraction * self.points


@final
@dataclass(frozen=True, slots=True)
class Tally:
    """What the questions of one topic or objective came to, in points."""

    name: str
    words: str
    """What the objective says; '' for a topic."""
    questions: int
    earned: float
    out_of: float

    @property
    def share(self) -> float:
        """The share of the points, in [0, 1]."""
        return self.earned / self.out_of if self.out_of else 0.0


@final
@dataclass(frozen=True, slots=True)
class Report:
    """A sitting that has ended, graded."""

    sitting: Sitting
    judged: tuple[Judged, ...]
    topics: tuple[Tally, ...]
    objectives: tuple[Tally, ...]

    @property
    def earned(self) -> float:
        """The points earned."""
        return sum(one.earned for one in self.judged)

    @property
    def out_of(self) -> float:
        """The points that could be earned."""
        return sum(one.points for one in self.judged)

    @property
    def share(self) -> float:
        """The share of the points, in [0, 1]."""
        return self.earned / self.out_of if self.out_of else 0.0

    @property
    def has_passed(self) -> bool:
        """Whether the share reaches what the exam asks for."""
        return self.share >= self.sitting.blueprint.pass_share - 1e-9

    @property
    def certainty(self) -> tuple[Said, ...]:
        """What was said of each place and what came of it; who gave no response has staked nothing."""
        return tuple((one.confidence or "", 1, int(one.fraction >= 1), one.fraction) for one in self.judged)

    @property
    def misses(self) -> tuple[Judged, ...]:
        """What did not earn all of its points."""
        return tuple(one for one in self.judged if one.fraction < 1)


def report(course: Course, sitting: Sitting) -> Report:
    """Grade a sitting that has ended. Raises UsageError for one that goes on."""
    judged = judge(course, sitting)
    at = {name: place for place, name in enumerate(course.topic_of)}
    in_course = sorted(judged, key=lambda one: at.get(one.drawn.question, len(at)))
    topics = _tallies((_topic(course, one), "", one) for one in in_course)
    known = [one for one in in_course if one.question and one.question.objective]
    objectives = _tallies((*_objective(course, one), one) for one in known)
    return Report(sitting, judged, topics, objectives)


def judge(course: Course, sitting: Sitting) -> tuple[Judged, ...]:
    """Grade each place of a sitting that has ended. Raises UsageError for one that goes on."""
    if sitting.ended is None:
        raise UsageError("This sitting goes on. Nothing of it is graded before it is handed in.")
    pairs = zip(sitting.places, sitting.responses, strict=True)
    graded = (grade(course, place, drawn, response) for place, (drawn, response) in enumerate(pairs))
    said = zip(graded, sitting.confidences, strict=True)
    return tuple(replace(one, confidence=word if one.response else None) for one, word in said)


def grade(course: Course, place: int, drawn: Place, response: Response) -> Judged:
    """Grade one response as its own kind does; nothing given earns nothing."""
    try:
        question = read_question(course, drawn.question, drawn.seed)
    except (CoursekitError, ValueError) as error:
        return Judged(place, drawn, None, response, Mark(0.0), f"This question cannot be read any more: {error}")
    mark = question.body.grade(response) if response else Mark(0.0)
    is_same = question.fingerprint == drawn.fingerprint
    note = "" if is_same else "This question was changed since it was drawn; it is graded as it stands now."
    return Judged(place, drawn, question, response, mark, note)


def _topic(course: Course, one: Judged) -> str:
    topic = course.topic_of.get(one.drawn.question)
    return topic.title if topic else "No longer in the course"


def _objective(course: Course, one: Judged) -> tuple[str, str]:
    """Return an objective's name and what it says; '' where its topic does not say."""
    name = (one.question.objective if one.question else None) or ""
    try:
        words = course.topic_of[one.drawn.question].document.fields().mapping("objectives").text(name, "")
    except CoursekitError:
        words = ""
    return name, words


def _tallies(rows: Iterator[tuple[str, str, Judged]]) -> tuple[Tally, ...]:
    """Sum up by name, in the order in which names come first."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for name, words, one in rows:
        groups.setdefault((name, words), []).append(one)
    return tuple(_tally(name, words, found) for (name, words), found in groups.items())


def _tally(name: str, words: str, found: Sequence[Judged]) -> Tally:
    return Tally(name, words, len(found), sum(one.earned for one in found), sum(one.points for one in found))
