"""What falls due in the coming weeks, as the cards stand now.

>>> from datetime import UTC
>>> now = datetime(2026, 1, 20, 12, tzinfo=UTC)
>>> late, soon = (Card("a", now - timedelta(days=9), 1.0, 1, 1.0), Card("b", now + timedelta(days=2), 1.0, 1, 1.0))
>>> forecast((late, soon), now, days=4, zone=UTC)
(1, 0, 1, 0)
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from coursekit.scheduling import Card
from coursekit.study.days import STARTS, day_begins, local_day
from coursekit.words import count

if TYPE_CHECKING:  # the record's, which opens SQLite
    from coursekit.store.asides import Aside
    from coursekit.study.planning import Plan

DAYS = 28
_NEVER = datetime.max.replace(tzinfo=UTC)


def forecast(
    cards: Iterable[Card],
    now: datetime,
    *,
    asides: "Mapping[str, Aside] | None" = None,
    plan: "Plan | None" = None,
    days: int = DAYS,
    starts: int = STARTS,
    zone: tzinfo | None = None,
) -> tuple[int, ...]:
    """Count what falls due on each of the coming days, today first; what is overdue falls due today.

    Each question counts once, where it comes next: when it comes after that hangs on how it goes. One that is put aside
    comes when it is back, and a plan that is not over brings some back before they are due.
    """
    cards = tuple(cards)
    back = plan.comes_back({card.question: card for card in cards}) if plan and not plan.is_over(now) else {}
    today = local_day(now, starts, zone)
    edges = [day_begins(today + timedelta(days=number), starts, zone) for number in range(days + 1)]
    held = {name: aside.until or _NEVER for name, aside in (asides or {}).items()}
    found = [0] * (days + 1)
    for card in cards:
        due = back.get(card.question, card.due)
        due = max(due, held.get(card.question, due))
        found[max(0, bisect_right(edges, due) - 1)] += 1
    return tuple(found[:days])


def sentence(counts: Sequence[int]) -> str:
    """Say what falls due today, in a week, in all, and when it is most."""
    if not sum(counts):
        return f"Nothing falls due in the next {len(counts)} days."
    most = max(range(len(counts)), key=lambda day: counts[day])
    week, whole = sum(counts[:7]), sum(counts)
    peak = f"; the fullest day is {_day(most)}, with {counts[most]}" if most and counts[most] > counts[0] else ""
    return f"{counts[0]} due today, {week} within 7 days, {whole} within {count(len(counts), 'day')}{peak}."


def _day(number: int) -> str:
    return "tomorrow" if number == 1 else f"in {number} days"
