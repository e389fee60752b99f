"""Leeches: questions that were learnt and missed again and again. Asking once more does not help; something else may.

missed 4 times after it was learnt -> its hint, then its lab; missed 8 times, or neither is there -> its author
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from coursekit.scheduling import Card

if TYPE_CHECKING:  # 8 ms, and choosing what to ask reads no question
    from coursekit.questions._question import Question

LAPSES = 4
"""So many misses of what had been learnt make a leech; Anki waits for eight, which here is when its author is told."""


@final
@dataclass(frozen=True, slots=True)
class Remedy:
    """What may help with a leech: the first hint ('' for none), its lab, and whether its author should hear of it."""

    hint: str
    lab: str | None
    tell_author: bool


def is_leech(card: Card) -> bool:
    """Say whether a question does not stick."""
    return card.lapses >= LAPSES


def leeches(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return those that do not stick, the worst first."""
    return tuple(sorted(filter(is_leech, cards), key=lambda card: (-card.lapses, card.question)))


def sentence(found: Sequence[Card]) -> str:
    """Say how many questions do not stick, and which is the worst.

    >>> from datetime import UTC, datetime
    >>> sentence([Card("sgd-role", datetime(2026, 1, 1, tzinfo=UTC), 1.0, 9, 0.0, lapses=5)])
    '1 question does not stick: sgd-role was missed 5 times after it was learnt.'
    """
    if not found:
        return "Nothing that was learnt is missed again and again."
    worst = found[0]
    many = "1 question does not stick:" if len(found) == 1 else f"{len(found)} questions do not stick; the worst,"
    return (
        f"{many} {worst.question}{',' if len(found) > 1 else ''} was missed {worst.lapses} times after it was learnt."
    )


def remedy(question: "Question", card: Card) -> Remedy:
    """Say what to do about a leech."""
    hint = question.hints[0] if question.hints else ""
    helpless = not hint and not question.lab
    return Remedy(hint, question.lab, tell_author=helpless or card.lapses >= 2 * LAPSES)


def advice(question: "Question", card: Card) -> str:
    """Say in a sentence or two what to do about a leech, with the keys of the app."""
    found = remedy(question, card)
    ways = [f"begin with a hint (key h){' or with' if found.lab else ''}"] * bool(found.hint)
    ways += [f"{'' if found.hint else 'begin with '}its lab, {found.lab} (key l)"] * bool(found.lab)
    help_ = f" Asking once more may not help: {' '.join(ways)}." if ways else ""
    told = " If it is the question that is wrong, say so (key p)." if found.tell_author else ""
    return f"You have missed this one {card.lapses} times after you knew it.{help_}{told}"
