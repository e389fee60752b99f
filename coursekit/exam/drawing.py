"""A blueprint, a course and a seed -> which questions are asked, in which variant, with their options in which order.

The same input gives the same exam on any machine: what comes first is decided by digests, which no other question
changes. A question that could serve several parts is given to the one that has no other (Kuhn's matching).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from typing import Any, final

from coursekit.course import Course
from coursekit.errors import ContentError, CoursekitError, suggest
from coursekit.exam.blueprint import Blueprint, Part
from coursekit.model import Choice, LongText, Program
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question

_FIXED = "true-false"  # nobody expects False above True


@final
@dataclass(frozen=True, slots=True)
class Place:
    """One question of a sitting: its variant, its points, and the author's numbers of its options as they stand."""

    question: str
    seed: int
    points: float
    fingerprint: str
    order: tuple[int, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {name: getattr(self, name) for name in ("question", "seed", "points", "fingerprint")} | {
            "order": list(self.order)
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Place":
        """Read it from JSON. Raises KeyError, TypeError, ValueError."""
        seed, points, order = int(data["seed"]), float(data["points"]), tuple(int(n) for n in data["order"])
        return cls(str(data["question"]), seed, points, str(data["fingerprint"]), order)


@final
@dataclass(frozen=True, slots=True)
class Earlier:
    """What was drawn before: the next variant of each question, 0 where none is named, and the last sitting's own."""

    variants: Mapping[str, int] = field(default_factory=dict[str, int])
    last: tuple[str, ...] = ()


def draw(blueprint: Blueprint, course: Course, seed: int, earlier: Earlier) -> tuple[Place, ...]:
    """Draw an exam: no question twice, those of the last sitting only where there are no others.

    Raises ContentError at the part for which the course has too few.
    """
    _refuse_unknown(blueprint, course)
    read = _reader(course, earlier)
    ranked = sorted(course.topic_of, key=lambda name: (name in earlier.last, _rank(seed, name)))
    chosen = _match(blueprint, course, ranked, read)
    if blueprint.shuffle:
        in_order = sorted(chosen, key=lambda name: _rank(seed, "place", name))
    else:
        in_order = [name for name in course.topic_of if name in chosen]
    return tuple(_place(question, earlier, seed, blueprint) for name in in_order if (question := read(name)))


def is_keyless(course: Course) -> bool:
    """Say whether a course was given away without its keys, so that nothing of it is graded here."""
    return any(course.facts(name).kind == "unkeyed" for name in course.topic_of) or _says_keyless(course)


def _says_keyless(course: Course) -> bool:
    """Read what `coursekit build --student` writes, for a pack of nothing but predictions and programs."""
    try:
        return course.front.fields().value("keyless", False) is True
    except ContentError:  # 'coursekit check' tells of it
        return False


def read_question(course: Course, name: str, seed: int) -> Question:
    """Read a question as an exam asks it: a prediction with the key that its runs once gave.

    Raises UsageError, ContentError, and ValueError for a prediction whose key is not kept.
    """
    question = course.question(name, seed)
    if isinstance(question.body, Experiment):
        from coursekit.lab.lock import read_lock  # few exams name predictions

        locked = read_lock(course).get(name)
        if locked is None:
            raise ValueError(f"No key of '{name}' is kept. Make its run: coursekit lock")
        question = replace(question, body=question.body.decided(locked.observed))
    return question


def _match(
    blueprint: Blueprint, course: Course, ranked: Sequence[str], read: Callable[[str], Question | None]
) -> dict[str, int]:
    """Give each place of each part a question of its own; return the part of each question."""

    @cache
    def fits(at: int, name: str) -> bool:
        return _is_near(blueprint.parts[at], course, name) and _is_of(blueprint.parts[at], read(name))

    def untried(at: int) -> Iterator[str]:
        return (name for name in ranked if fits(at, name))

    fresh = [untried(at) for at in range(len(blueprint.parts))]  # what is free is read no further than it is needed
    taken: dict[str, int] = {}

    def give(at: int, tried: set[str]) -> bool:
        free = next((name for name in fresh[at] if name not in taken), None)
        if free is not None:
            taken[free] = at
            return True
        for name in [name for name in taken if name not in tried and taken[name] != at and fits(at, name)]:
            tried.add(name)
            if give(taken[name], tried):
                taken[name] = at
                return True
        return False

    for at, part in enumerate(blueprint.parts):
        for _ in range(part.count):
            if not give(at, set()):
                raise _too_few(blueprint, part, course, sum(fits(at, name) for name in ranked))
    return taken


def _is_near(part: Part, course: Course, name: str) -> bool:
    """Say whether a question fits by what is known without reading it."""
    topic, facts = course.topic_of[name], course.facts(name)
    pairs = (
        (part.topics, topic.title),
        (part.lessons, topic.lesson),
        (part.objectives, facts.objective),
        (part.difficulties, facts.difficulty),
        (part.kinds if facts.kind else (), facts.kind),
    )
    return all(not wanted or had in wanted for wanted, had in pairs)


def _is_of(part: Part, question: Question | None) -> bool:
    """Say whether it can be graded here, and has the kind and one of the tags."""
    if question is None or not _is_gradable(question):
        return False
    is_kind = question.kind in part.kinds if part.kinds else not isinstance(question.body, Experiment)
    return is_kind and (not part.tags or not {*part.tags}.isdisjoint(question.tags))


def _is_gradable(question: Question) -> bool:
    return bool(question.body.key()) and not isinstance(question.body.interaction(), LongText | Program)


def _reader(course: Course, earlier: Earlier) -> Callable[[str], Question | None]:
    @cache
    def read(name: str) -> Question | None:
        """Read the next variant; None for a question that cannot be read, which `check` tells."""
        try:
            return read_question(course, name, earlier.variants.get(name, 0))
        except (CoursekitError, ValueError):
            return None

    return read


def _place(question: Question, earlier: Earlier, seed: int, blueprint: Blueprint) -> Place:
    order = _order(question, seed) if blueprint.shuffle else ()
    variant = earlier.variants.get(question.id, 0)
    return Place(question.id, variant, question.points, question.fingerprint, order)


def _order(question: Question, seed: int) -> tuple[int, ...]:
    interaction = question.body.interaction()
    if not isinstance(interaction, Choice) or question.kind == _FIXED:
        return ()
    numbers = range(1, len(interaction.options) + 1)
    return tuple(sorted(numbers, key=lambda number: _rank(seed, question.id, number)))


def _rank(seed: int, *words: object) -> bytes:
    """Return what decides who comes first: the same everywhere, whatever else a course has."""
    return sha256("\0".join(map(str, (seed, *words))).encode(errors="surrogatepass")).digest()


def _refuse_unknown(blueprint: Blueprint, course: Course) -> None:
    """Raise ContentError for a topic, lesson or objective that the course does not have."""
    for part in blueprint.parts:
        for what, wanted, known in (
            ("topic", part.topics, _known(topic.title for topic in course.topics)),
            ("lesson", part.lessons, _known(course.lessons)),
            ("objective", part.objectives, _known(course.facts(n).objective for n in course.topic_of)),
        ):
            for word in wanted:
                if word not in known:
                    advice = suggest(word, known) if len(known) <= 40 else ""
                    raise blueprint.error(part, f"The course has no {what} '{word}'. {advice}".strip())


def _known(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _too_few(blueprint: Blueprint, part: Part, course: Course, many: int) -> ContentError:
    if not many and is_keyless(course):
        message = "This course was given away without its keys, so no exam can be graded here."
    elif many >= part.count:
        message = (
            f"{part.count} questions are to be drawn here, and the other entries of 'from' leave too few "
            f"of the {many} that fit. Ask for fewer, or write more questions."
        )
    else:
        fit = f"only {many} {'fits' if many == 1 else 'fit'}" if many else "none fits"
        message = (
            f"{part.count} questions are to be drawn here, and {fit} that a machine can grade. "
            "Ask for fewer, name more kinds or topics, or write more questions."
        )
    return blueprint.error(part, message, code="short-exam")
