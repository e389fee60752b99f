"""Every review as FSRS's optimizers read it: one line per look at a card, which is a question or one that served it.

JSON, a list for py-fsrs's `Optimizer`:     {"card_id": 3, "rating": 2, "review_datetime": …, "review_duration": 8400}
CSV, for fsrs-optimizer:                    card_id,review_time,review_rating,review_state,review_duration

A card's id is the place of its question in the order in which questions were begun, from 1. Durations are in
milliseconds. https://github.com/open-spaced-repetition/py-fsrs, https://github.com/open-spaced-repetition/fsrs-optimizer
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, final

from coursekit.rating import RATINGS
from coursekit.scheduling import Review

if TYPE_CHECKING:  # opens SQLite
    from coursekit.store.store import Store

COLUMNS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_DAY = timedelta(days=1)


@final
@dataclass(frozen=True, slots=True)
class Look:
    """One review of a card: the rating from 1 (again) to 4 (easy), the state before it, how long it took.

    The state is what the times tell: 0 new, 2 a review a day or more after the look before, and within a day 3
    relearning after "again" at such a review, else 1 learning.
    """

    card: int
    at: datetime
    rating: int
    state: int
    milliseconds: int | None


def looks(store: "Store") -> Iterator[Look]:
    """Yield all reviews, card by card, each card's oldest first. Raises StoreError."""
    cards = (history for name in store.seeing.begun() if (history := store.seeing.reviews(name)))
    for card, history in enumerate(cards, 1):
        yield from _looks(card, history)


def as_json(found: Iterable[Look]) -> str:
    """Write them as a list of what `fsrs.ReviewLog.from_dict` reads."""
    return json.dumps([_log(look) for look in found], indent=1) + "\n"


def as_csv(found: Iterable[Look]) -> str:
    """Write them with a header; times are milliseconds since 1970 (UTC)."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((look.card, _since_1970(look.at), look.rating, look.state, look.milliseconds) for look in found)
    return out.getvalue()


def _looks(card: int, history: tuple[Review, ...]) -> Iterator[Look]:
    state = _NEW
    for review, after in pairwise((*history, None)):
        assert review  # only what comes after the last is none
        rating = 1 + RATINGS.index(review.rating)
        yield Look(card, review.at, rating, state, None if review.seconds is None else round(review.seconds * 1000))
        if after:
            state = _next(state, rating, after.at - review.at)


def _next(state: int, rating: int, wait: timedelta) -> int:
    if wait >= _DAY:
        return _REVIEW
    was_lapse = state == _REVIEW and rating == 1
    return _RELEARNING if was_lapse or state == _RELEARNING else _LEARNING


def _log(look: Look) -> dict[str, int | str | None]:
    return {
        "card_id": look.card,
        "rating": look.rating,
        "review_datetime": look.at.astimezone(UTC).isoformat(),
        "review_duration": look.milliseconds,
    }


def _since_1970(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
