"""How much of some questions would be recalled now, and no more: what Home draws for each topic.

>>> from datetime import UTC
>>> now = datetime(2026, 1, 20, tzinfo=UTC)
>>> seen = Card("rate", now, stability=10.0, reviews=4, last_mark=1.0, last_at=now - timedelta(days=10))
>>> percent(share(memories({"rate": seen}, now).values(), of=2))
'45 %'
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, final

from coursekit.scheduling import DECAY, Card, recall

_DAY = timedelta(days=1)


@final
class Memory(NamedTuple):
    """How likely a question would be recalled now, in [0, 1], after so many reviews."""

    recall: float
    reviews: int


def memories(cards: Mapping[str, Card], now: datetime, decay: float = DECAY) -> dict[str, Memory]:
    """Return the predicted recall of each card's question; `decay` is the last of FSRS's parameters.

    A look counts as a day old at least: that something is recalled right after it was read says nothing, and what was
    missed a minute ago is not mastered.
    """
    return {
        name: Memory(recall(card, max(now, (card.last_at or now) + _DAY), decay), card.reviews)
        for name, card in cards.items()
    }


def share(seen: Collection[Memory], of: int) -> float:
    """Return the mean predicted recall of so many questions, of which some were seen; the others count 0."""
    return len(seen) / of * (sum(memory.recall for memory in seen) / len(seen)) if seen else 0.0


def percent(share: float) -> str:
    """Write a share in whole percent; what is neither nothing nor all never looks like it.

    >>> percent(0.004), percent(0.995), percent(1), percent(0)
    ('1 %', '99 %', '100 %', '0 %')
    """
    whole = round(share * 100)
    if 0 < share < 1:
        whole = min(99, max(1, whole))
    return f"{whole} %"
