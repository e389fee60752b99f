"""A plan towards an exam: what comes back in time for it, and how many new questions a day see them all.

    plan = Plan(exam=date(2027, 1, 20), made=date(2026, 11, 22), minutes=30)

Until the last days (a quarter of all, a week at most) new questions are spread evenly. In the last days each question
that the schedule would bring back only after the exam comes back once, on a day of its own.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, final
from zlib import crc32

from coursekit.scheduling import Card
from coursekit.study.days import STARTS, day_begins, local_day

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.pace import Pace
    from coursekit.store.settings import Settings

MINUTES = 30
"""What a day has for study where nobody says."""
SECONDS = 45.0
"""What a question is taken to need before there are enough attempts to say."""
ENOUGH = 20
"""Attempts that say how long a question takes."""
SHARE_OF_NEW = 3
"""With a plan, one place in so many is for what is new."""
_MOST_REVIEW_DAYS = 7
_DAY = timedelta(days=1)


@final
class Plan(NamedTuple):  # made in a fifth of the time of a dataclass, which the first frame waits for
    """An exam on a local day, minutes a day for it, and the day on which this was planned."""

    exam: date
    made: date
    minutes: int = MINUTES
    starts: int = STARTS
    zone: tzinfo | None = None

    @property
    def review_begins(self) -> date:
        """The first of the last days, which are for review only."""
        days = (self.exam - self.made).days
        return self.exam - timedelta(days=max(1, min(_MOST_REVIEW_DAYS, days // 4)))

    @property
    def review_days(self) -> tuple[date, ...]:
        """The last days, up to the one before the exam."""
        return tuple(self.review_begins + _DAY * n for n in range((self.exam - self.review_begins).days))

    def day(self, now: datetime) -> date:
        """Return the local day of an instant."""
        return local_day(now, self.starts, self.zone)

    def begins(self, day: date) -> datetime:
        """Return the instant (UTC) at which a local day begins."""
        return day_begins(day, self.starts, self.zone)

    def is_over(self, now: datetime) -> bool:
        """Say whether the day of the exam has begun: from then on nothing is planned."""
        return now >= self.begins(self.exam)

    def new_today(self, unseen: int, begun: int, today: date) -> int:
        """Return how many new questions are still to be asked today, of so many unseen, when so many were begun today.

        >>> Plan(date(2027, 1, 20), date(2026, 11, 22)).new_today(100, 1, date(2026, 11, 22))
        1
        """
        days = max(1, (self.review_begins - today).days)
        return max(0, ceil((unseen + begun) / days) - begun)

    def comes_back(self, cards: Mapping[str, Card]) -> dict[str, datetime]:
        """Return when each question comes back: when it is due, but not after the exam unless it was just reviewed.

        Its day among the last ones hangs on its name alone, so it stays the same from start to start.
        """
        exam, review = self.begins(self.exam), self.begins(self.review_begins)
        days = [self.begins(day) for day in self.review_days]
        return {
            name: card.due
            if card.due < exam or (card.last_at is not None and card.last_at >= review)
            else days[crc32(name.encode()) % len(days)]
            for name, card in cards.items()
        }


def read_plan(settings: "Settings", zone: tzinfo | None = None) -> Plan | None:
    """Return the plan that is kept, None where there is none or its date is no date. Raises StoreError."""
    said, made = settings.get("exam_date"), settings.get("exam_planned")
    try:
        exam = date.fromisoformat(said)
        planned = date.fromisoformat(made) if made else exam - _DAY * 4 * _MOST_REVIEW_DAYS
    except (TypeError, ValueError):
        return None
    minutes, starts = settings.get("minutes", MINUTES), settings.get("day_starts", STARTS)
    return Plan(exam, min(planned, exam), int(minutes), int(starts), zone)


def aim_at(settings: "Settings", exam: date | None, today: date) -> None:
    """Plan for a day, from today on; the same day again leaves the plan as it was. Raises StoreError."""
    said = exam and exam.isoformat()
    if said != settings.get("exam_date") or (said and not settings.get("exam_planned")):
        settings.set("exam_date", said)
        settings.set("exam_planned", said and today.isoformat())


def seconds_each(pace: "Pace") -> tuple[float, int]:
    """Return the seconds a question takes and from how many attempts that is known, 0 where it is taken for granted.

    Raises StoreError.
    """
    mean, count = pace.seconds()
    return (max(1.0, mean), count) if count >= ENOUGH else (SECONDS, 0)


def questions_in(minutes: float, seconds: float) -> int:
    """Return how many questions of so many seconds fit into some minutes, at least one.

    >>> questions_in(10, 40), questions_in(0.5, 40)
    (15, 1)
    """
    return max(1, int(minutes * 60 / seconds))
