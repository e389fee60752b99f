"""Attempts -> when a question is due. FSRS does the arithmetic; attempts are the truth, a card only their sum.

What FSRS is told of an attempt stands in `rating.py`. How many parameters FSRS has is its own affair; to give none
means its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.rating import SURE, Rating, rate
from coursekit.words import count

if TYPE_CHECKING:
    import fsrs

RETENTION = 0.9
"""The share that should still be recalled when a question comes back."""
DECAY = 0.1542
"""How fast forgetting slows down: the last of FSRS-6's own parameters."""

MASTERED_DAYS = 21.0
"""A question is mastered when FSRS expects nine tenths of it to be recalled after this many days."""


@final
class Review(NamedTuple):  # made in a fifth of the time of a dataclass, which the first frame waits for
    """One look at a question: when (UTC), how it went as a fraction in [0, 1], and what else a rating hangs on.

    `own` is the rating that the learner gave in place of ours.
    """

    at: datetime
    mark: float
    hints: int
    seconds: float | None = None
    confidence: str | None = None
    own: str | None = None
    purpose: str = "study"

    @property
    def rating(self) -> Rating:
        """What FSRS is told."""
        return rate(
            self.mark,
            hints=self.hints,
            seconds=self.seconds,
            confidence=self.confidence,
            own=self.own,
            purpose=self.purpose,
        )


@final
class Card(NamedTuple):
    """Where a question stands: due when, how stable in days, after how many reviews, the last mark.

    `difficulty` is FSRS's, from 1 to 10; a lapse is a miss of what had been learnt; `was_sure` that the last look was
    a miss by somebody who had said to be sure.
    """

    question: str
    due: datetime
    stability: float
    reviews: int
    last_mark: float
    difficulty: float = 0.0
    lapses: int = 0
    last_at: datetime | None = None
    was_sure: bool = False

    def is_due(self, now: datetime) -> bool:
        """Say whether it should come back by now."""
        return self.due <= now

    def is_mastered(self) -> bool:
        """Say whether it is known for weeks to come."""
        return self.stability >= MASTERED_DAYS and self.last_mark >= 1


def schedule(
    question: str, reviews: Iterable[Review], parameters: Sequence[float] = (), retention: float = RETENTION
) -> Card:
    """Replay all reviews of one question, oldest first. Raises ValueError when there are none."""
    import fsrs  # 25 ms, so only when something was reviewed

    scheduler, card = _scheduler(tuple(parameters), retention), fsrs.Card(card_id=1)
    last: Review | None = None
    many = lapses = 0
    for review in reviews:
        many += 1
        lapses += review.rating == "again" and card.state == fsrs.State.Review
        card, _ = scheduler.review_card(card, fsrs.Rating[review.rating.capitalize()], review.at)
        last = review
    if not last:
        raise ValueError(f"No reviews of {question!r}: there is nothing to schedule.")
    return Card(
        question=question,
        due=card.due,
        stability=card.stability or 0.0,
        reviews=many,
        last_mark=last.mark,
        difficulty=card.difficulty or 0.0,
        lapses=lapses,
        last_at=card.last_review,
        was_sure=last.mark < 0.5 and last.confidence == SURE,
    )


def can_use(parameters: Sequence[float]) -> bool:
    """Say whether FSRS, as it is installed, takes these parameters: another version may have another number of them.

    >>> can_use(()), can_use((1.0, 2.0))
    (True, False)
    """
    if not parameters:
        return True
    try:
        _scheduler(tuple(parameters), RETENTION)
    except (ValueError, TypeError):  # the latter for what is no list of numbers
        return False
    return True


def recall(card: Card, at: datetime, decay: float = DECAY) -> float:
    """Return the share in [0, 1] that FSRS expects to be recalled then: (1 + f t/S)^-d, where nine tenths are at t = S.

    t in whole days since the last review, S the stability. Ye et al., FSRS-6,
    https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
    """
    if card.last_at is None or card.stability <= 0:
        return 0.0
    days = max(0, (at - card.last_at).days)
    return float((1 + (0.9 ** (-1 / decay) - 1) * days / card.stability) ** -decay)


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
        return f"due again in {count(minutes, 'minute')}"
    if wait < timedelta(hours=20):
        return "due again later today"
    days = max(1, round(wait / timedelta(days=1)))
    return "due again tomorrow" if days == 1 else f"due again in {days} days"


@cache
def _scheduler(parameters: tuple[float, ...], retention: float) -> "fsrs.Scheduler":
    import fsrs

    scheduler = partial(fsrs.Scheduler, desired_retention=retention, enable_fuzzing=False)
    return scheduler(parameters=parameters) if parameters else scheduler()
