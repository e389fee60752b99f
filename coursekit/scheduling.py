"""Attempts -> when a question is due. FSRS does the arithmetic; attempts are the truth, a card only their sum.

| score and hints                       | rating |
|---------------------------------------|--------|
| full mark, no hint                    | good   |
| full mark with hints, or at least 0.5 | hard   |
| anything less                         | again  |
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import final

MASTERED_DAYS = 21.0
"""A question is mastered when FSRS expects nine tenths of it to be recalled after this many days."""


@final
@dataclass(frozen=True, slots=True)
class Review:
    """One look at a question: when (UTC), how it went as a fraction in [0, 1], and how many hints were used."""

    at: datetime
    mark: float
    hints: int


@final
@dataclass(frozen=True, slots=True)
class Card:
    """Where a question stands: due when, how stable in days, after how many reviews, the last mark."""

    question: str
    due: datetime
    stability: float
    reviews: int
    last_mark: float

    def is_due(self, now: datetime) -> bool:
        """Say whether it should come back by now."""
        return self.due <= now

    def is_mastered(self) -> bool:
        """Say whether it is known for weeks to come."""
        return self.stability >= MASTERED_DAYS and self.last_mark >= 1


def schedule(question: str, reviews: Iterable[Review]) -> Card:
    """Replay all reviews of one question, oldest first. Raises ValueError when there are none."""
    import fsrs  # 25 ms, so only when something was reviewed

    scheduler, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    count, last = 0, 0.0
    for review in reviews:
        count += 1
        card, _ = scheduler.review_card(card, fsrs.Rating[_rating(review)], review.at)
        last = review.mark
    if not count:
        raise ValueError(f"No reviews of {question!r}: there is nothing to schedule.")
    return Card(question, card.due, card.stability or 0.0, count, last)


def in_days(due: datetime, now: datetime) -> str:
    """Say in words when a question due again.

    >>> from datetime import UTC
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> in_days(now + timedelta(minutes=9), now), in_days(now + timedelta(days=3), now)
    ('due again in 9 minutes', 'due again in 3 days')
    """
    wait = due - now
    if wait <= timedelta(hours=1):
        minutes = max(1, round(wait / timedelta(minutes=1)))
        return f"due again in {minutes} minute{'' if minutes == 1 else 's'}"
    if wait < timedelta(hours=20):
        return "due again later today"
    days = max(1, round(wait / timedelta(days=1)))
    return "due again tomorrow" if days == 1 else f"due again in {days} days"


def _rating(review: Review) -> str:
    if review.mark >= 1:
        return "Hard" if review.hints else "Good"
    return "Hard" if review.mark >= 0.5 else "Again"
