"""What somebody can see of their own studying, read from the record a page at a time.

    standing   what would be recalled now, by topic and objective
    days       when was studied, how long, and what falls due
    truth      what was said and predicted, against what came
    labs       what was reached in each lab

Counting is the record's (`store.seeing`); nothing in here reads attempts one by one but `truth`, which reads few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast, final

from coursekit.course import Course
from coursekit.scheduling import DECAY, Card
from coursekit.study.calibration import Said, calibration
from coursekit.study.days import STARTS
from coursekit.study.diary import Day, begins, days_back, diary, needs_minutes
from coursekit.study.fitting import predictions
from coursekit.study.forecast import forecast
from coursekit.study.mastery import Mastery, Objective, mastery_of, memories, objectives, weakest
from coursekit.study.planning import read_plan
from coursekit.study.retention import Group, groups, latest
from coursekit.study.streak import Streak, streak
from coursekit.words import count

if TYPE_CHECKING:  # opens SQLite
    from coursekit.store.seeing import LabWork
    from coursekit.store.store import Store

_LATEST = 500  # attempts; among them are all questions whose reviews are replayed


@final
@dataclass(frozen=True, slots=True)
class Standing:
    """What would be recalled now: of the whole course, of each topic in its order, of the objectives of each."""

    whole: Mastery
    topics: tuple[Mastery, ...]
    objectives: tuple[tuple[Objective, ...], ...]

    @property
    def weakest(self) -> Objective | None:
        """The objective that would be recalled least of those that were begun."""
        return weakest([each for topic in self.objectives for each in topic])


@final
@dataclass(frozen=True, slots=True)
class Days:
    """What was done on each day of the last year, how regularly, and what falls due in four weeks."""

    diary: Mapping[date, Day]
    streak: Streak
    forecast: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True)
class Truth:
    """What was said and what was predicted, against what came of it."""

    said: tuple[tuple[str, int, int, float], ...]
    """For each word its attempts, how many got all points, the sum of the marks; '' where nothing was said."""
    calibration: tuple[Said, ...]
    groups: tuple[Group, ...]
    by_certainty: bool
    """Whether the learner has chosen certainty-based marks."""


@final
@dataclass(frozen=True, slots=True)
class LabSeen:
    """What was done in one lab: how often it was run and graded, points of the best and out of how many."""

    name: str
    runs: int = 0
    best_run: tuple[float, float] | None = None
    grades: int = 0
    best_grade: tuple[float, float] | None = None


@final
class Seen:
    """All of it, each part read when it is first asked for. Every part raises StoreError."""

    def __init__(self, course: Course, store: "Store", now: datetime, zone: tzinfo | None = None) -> None:
        self._course, self._store, self._now, self._zone = course, store, now, zone

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """What was reviewed."""
        return self._store.cards()

    @cached_property
    def standing(self) -> Standing:
        """What would be recalled now."""
        return standing(self._course, self.cards, self._now, decay_of(fitted(self._store)))

    @cached_property
    def days(self) -> Days:
        """What was done when, and what falls due."""
        return days(self._course, self._store, self.cards, self._now, self._zone)

    @cached_property
    def truth(self) -> Truth:
        """What was said and predicted, against what came."""
        return truth(self._store)

    @cached_property
    def labs(self) -> tuple[LabSeen, ...]:
        """What was reached in each lab."""
        return labs(self._course, self._store)


def standing(course: Course, cards: Mapping[str, Card], now: datetime, decay: float = DECAY) -> Standing:
    """Return what would be recalled now; `decay` is the last of FSRS's parameters."""
    known = memories(cards, now, decay)
    return Standing(
        mastery_of(tuple(course.topic_of), known),
        tuple(mastery_of(topic.names, known) for topic in course.topics),
        tuple(objectives(topic, known) for topic in course.topics),
    )


def days(course: Course, store: "Store", cards: Mapping[str, Card], now: datetime, zone: tzinfo | None = None) -> Days:
    """Read what was done on which day. Raises StoreError."""
    starts = int(store.settings.get("day_starts", STARTS))
    edges = begins(days_back(now, starts=starts, zone=zone), starts, zone)
    stretches = store.seeing.stretches(edges[0], by_minute=needs_minutes(edges))
    done = diary(stretches, now, starts=starts, zone=zone)
    asked = (card for name, card in cards.items() if name in course.topic_of)
    held, plan = store.asides.held(now), read_plan(store.settings, zone)
    due = forecast(asked, now, asides=held, plan=plan, starts=starts, zone=zone)
    return Days(done, streak([day.attempts > 0 for day in done.values()]), due)


def truth(store: "Store") -> Truth:
    """Read what was said and predicted, and what came. Raises StoreError."""
    said, parameters = store.seeing.said(), fitted(store)
    histories = latest(store.seeing.attempted(_LATEST), store.seeing.reviews)
    predicted = predictions(histories, parameters) if histories else ()
    by_certainty = store.settings.get("marks", "points") == "certainty"
    return Truth(said, calibration(said), groups(predicted), by_certainty)


def labs(course: Course, store: "Store") -> tuple[LabSeen, ...]:
    """Read what was done in each lab of the course. Raises StoreError."""
    runs, grades = ({work[0]: work for work in rows} for rows in (store.seeing.runs(), store.seeing.grades()))
    return tuple(LabSeen(name, *_counted(runs.get(name)), *_counted(grades.get(name))) for name in course.lab_names())


def fitted(store: "Store") -> tuple[float, ...]:
    """Return FSRS's parameters as they were fitted to the learner, () before that. Raises StoreError."""
    return tuple(cast("list[Any]", store.settings.get("parameters", ())))


def decay_of(parameters: tuple[float, ...]) -> float:
    """Return how fast forgetting slows down: the last of FSRS's parameters, by default of its own."""
    return parameters[-1] if parameters else DECAY


def labs_sentence(found: tuple[LabSeen, ...]) -> str:
    """Say how many labs were tried, and in how many every point was reached."""
    if not found:
        return "This course has no labs."
    tried = [lab for lab in found if lab.runs or lab.grades]
    bests = [lab.best_grade or lab.best_run for lab in tried]
    full = sum(best is not None and best[0] >= best[1] for best in bests)
    if not tried:
        return f"No lab was tried yet; there {'is 1' if len(found) == 1 else f'are {len(found)}'}."
    return f"{len(tried)} of {count(len(found), 'lab')} tried; every point reached in {full}."


def _counted(work: "LabWork | None") -> tuple[int, tuple[float, float] | None]:
    return (work[1], (work[2], work[3])) if work else (0, None)
