"""What a plan comes to, day by day: reviews, new questions, minutes; and whether it can be done.

An estimate. It takes every review to go well at the day it is due, one in ten (with a retention of 0.9) to be asked
once more, and a new question to be asked twice on its first day, as FSRS does.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import final

from coursekit.scheduling import RETENTION, Card, Review, schedule
from coursekit.study.planning import SECONDS, Plan

MOST_MINUTES = 16 * 60
_LOOKS_AT_NEW = 2
_SHARE = 3  # of the time, one part in so many is kept for new questions
_LONGEST_DAYS = 30_000  # under FSRS's bound, from which nothing can be told
_STEPS = 12  # reviews after which an interval is longer than any plan


@final
@dataclass(frozen=True, slots=True)
class Day:
    """What one day has."""

    day: date
    reviews: int
    new: int
    minutes: float


@final
@dataclass(frozen=True, slots=True)
class Outlook:
    """The days up to the exam; what would stay unseen, and how many reviews would be left over."""

    days: tuple[Day, ...]
    unseen: int
    left_over: int

    @property
    def can_be_done(self) -> bool:
        """Whether all is seen, and reviewed in time."""
        return not self.unseen and not self.left_over

    @property
    def fullest(self) -> Day | None:
        """The day with the most minutes."""
        return max(self.days, key=lambda day: day.minutes, default=None)


@final
@dataclass(frozen=True, slots=True)
class Steps:
    """How stabilities grow from review to review when all goes well, and how many days each gives."""

    stabilities: tuple[float, ...]
    days_each: float
    """Days of interval for each day of stability: 1 for a retention of 0.9."""

    def days(self, stability: float) -> int:
        """Return the interval in days."""
        return max(1, round(stability * self.days_each))

    def after(self, stability: float) -> float:
        """Return the stability after one more review."""
        place = min(max(1, bisect_right(self.stabilities, stability)), len(self.stabilities) - 1)
        return stability * self.stabilities[place] / self.stabilities[place - 1]


def steps(parameters: Sequence[float] = (), retention: float = RETENTION) -> Steps:
    """Let FSRS review one question again and again, always well and when it is due."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    reviews, cards = [Review(at, 1.0, 0)], list[Card]()
    while len(cards) < _STEPS:
        card = schedule("", reviews, parameters, retention)
        if card.due - reviews[-1].at >= timedelta(days=1):
            cards.append(card)
        reviews.append(Review(card.due, 1.0, 0))
    days = [(after.at - before.at) / timedelta(days=1) for before, after in pairwise(reviews)][-len(cards) :]
    longest = max(place for place, each in enumerate(days) if each < _LONGEST_DAYS)
    return Steps(tuple(card.stability for card in cards), days[longest] / cards[longest].stability)


def outlook(
    plan: Plan,
    cards: Mapping[str, Card],
    unseen: int,
    now: datetime,
    *,
    growing: Steps,
    begun: int = 0,
    seconds: float = SECONDS,
    retention: float = RETENTION,
) -> Outlook:
    """Go through the days from today to the one before the exam; `begun` new ones were begun today."""
    today, many = plan.day(now), max(0, (plan.exam - plan.day(now)).days)
    rehearsal = _Rehearsal(plan, today, many, growing)
    rehearsal.take(plan.comes_back(cards), cards)
    looks, each = plan.minutes * 60 / seconds, 2 - retention
    days: list[Day] = []
    for place in range(many):
        day = today + timedelta(days=place)
        wanted = plan.new_today(unseen, begun if place == 0 else 0, day)
        kept = min(wanted * _LOOKS_AT_NEW, looks / _SHARE)
        reviews = rehearsal.review(place, int((looks - kept) / each))
        new = min(wanted, unseen, int((looks - reviews * each) / _LOOKS_AT_NEW))
        rehearsal.begin(place, new)
        unseen -= new
        days.append(Day(day, reviews, new, (reviews * each + new * _LOOKS_AT_NEW) * seconds / 60))
    return Outlook(tuple(days), unseen, len(rehearsal.waiting))


def enough_minutes(plan: Plan, look: Callable[[Plan], Outlook]) -> int | None:
    """Return the fewest whole minutes a day with which a plan can be done, None where a whole day is too short."""

    def can_be_done(minutes: int) -> bool:
        return look(plan._replace(minutes=minutes)).can_be_done

    low, high = 0, MOST_MINUTES
    if not can_be_done(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if can_be_done(middle) else (middle, high)
    return high


@final
class _Rehearsal:
    """The questions of each day to come, by their stabilities; `waiting` found no time on its own day."""

    def __init__(self, plan: Plan, today: date, many: int, growing: Steps) -> None:
        self._plan = plan
        self._today = today
        self._days: list[list[float]] = [[] for _ in range(many)]
        self._last = range(max(0, (plan.review_begins - today).days), many)
        self._growing = growing
        self._moved = 0
        self.waiting: list[float] = []

    def take(self, back: Mapping[str, datetime], cards: Mapping[str, Card]) -> None:
        """Put what was seen already on the days on which it comes back."""
        begins = [self._plan.begins(self._today + timedelta(days=place)) for place in range(len(self._days) + 1)]
        for name, when in back.items():
            place = max(0, bisect_right(begins, when) - 1)
            if place < len(self._days):
                self._days[place].append(cards[name].stability)

    def review(self, place: int, most: int) -> int:
        """Review what there is time for; return how many."""
        todo = self.waiting + self._days[place]
        done, self.waiting = todo[: max(0, most)], todo[max(0, most) :]
        for stability in done:
            self._comes_back(place, self._growing.after(stability))
        return len(done)

    def begin(self, place: int, many: int) -> None:
        """Begin some new questions."""
        for _ in range(many):
            self._comes_back(place, self._growing.stabilities[0])

    def _comes_back(self, place: int, stability: float) -> None:
        """Put a reviewed question on its next day; one that would jump past the exam on one of the last days."""
        then = place + self._growing.days(stability)
        if then < len(self._days):
            self._days[then].append(stability)
        elif place < self._last.start:
            self._days[self._last[self._moved % len(self._last)]].append(stability)
            self._moved += 1
