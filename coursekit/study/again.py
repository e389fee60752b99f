"""What a session asks once more before it ends: what was missed in it and is due again by then."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from coursekit.scheduling import Card


def missed_again(asked: Iterable[str], cards: Mapping[str, Card], since: datetime, now: datetime) -> tuple[str, ...]:
    """Return which of the questions asked were missed since then and are due, each once; what was skipped is not.

    Misses by somebody who was sure lead, else the order stays.
    """
    found = [cards[name] for name in dict.fromkeys(asked) if name in cards]
    missed = [card for card in found if _was_missed(card, since) and card.is_due(now)]
    return tuple(card.question for card in sorted(missed, key=lambda card: not card.was_sure))


def _was_missed(card: Card, since: datetime) -> bool:
    return card.last_mark < 1 and card.last_at is not None and card.last_at >= since
