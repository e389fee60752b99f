"""What to ask next: what is due, then what is new, interleaved by topic.

1. Misses by somebody who was sure lead; then what would be recalled least; then the longest overdue.
2. Of three or more places one in three is kept for the longest overdue, so that nothing due starves behind misses.
3. A due question without variants that was seen twice, and known the last time, lets another of its objective stand in
   for it: one that is new or was seen longer ago. It must know the objective, not the question.
4. New questions come from a few topics at a time, in the order of the course.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple, final

from coursekit.course import Course, Topic
from coursekit.errors import ContentError
from coursekit.scheduling import Card, recall
from coursekit.study.leeches import is_leech
from coursekit.study.planning import SHARE_OF_NEW, Plan

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.asides import Aside

Why = Literal["missed though sure", "leech", "due", "before the exam", "new", "asked for", "missed before"]
Variety = Callable[[str], int]
"""How many variants a question has, 0 for one that cannot be asked."""

_SHARE = 3  # one place in so many is for the longest overdue
_TOPICS_AT_ONCE = 3
_BY_HAND = "code"  # in one's own editor, so never a surprise
_AHEAD = 24  # questions to look through for one of another topic


@final
@dataclass(frozen=True, slots=True)
class Choice:
    """A question to ask and why; `serves` is the due question that it stands in for."""

    question: str
    why: Why
    serves: str | None = None


def select(
    course: Course,
    cards: Mapping[str, Card],
    now: datetime,
    *,
    held: "Mapping[str, Aside] | None" = None,
    plan: Plan | None = None,
    begun: int = 0,
    limit: int | None = None,
    topic: Topic | None = None,
    variety: Variety | None = None,
) -> tuple[Choice, ...]:
    """Choose what to ask, at most `limit` questions, each once.

    `held` is put aside; `begun` new questions were begun today, which a plan counts. `variety` is asked of what may be
    chosen only; without it nothing stands in for another. Where there is a limit, what cannot be asked takes no place.
    """
    held, plan = held or {}, None if plan and plan.is_over(now) else plan
    names = [name for name in (topic.names if topic else course.topic_of) if name not in held]
    back = plan.comes_back(cards) if plan else {}
    due = _by_urgency([c for name in names if (c := cards.get(name)) and back.get(name, c.due) <= now], now)
    new = _from_a_few_topics(course, [name for name in names if name not in cards])
    many = _new_today(plan, course, cards, held, begun, now) if plan and not topic else len(new)
    kept = min(many, len(new), limit // SHARE_OF_NEW) if plan and limit else 0

    deputies = _Deputies(course, cards, {*held, *(card.question for card in due)}, variety)
    picked = due if limit is None else _by_urgency(_fair(due, limit - kept, limit // _SHARE, deputies.can_ask), now)
    first = [deputies.choice(card, now) for card in picked]
    left = many if limit is None else min(many, limit - len(first))
    fresh = (name for name in new if name not in deputies.taken and (limit is None or deputies.can_ask(name)))
    then = [Choice(name, "new") for name in islice(fresh, left)]
    return (*interleaved(course, first), *interleaved(course, then))


def to_cram(
    course: Course, cards: Mapping[str, Card], now: datetime, *, held: "Mapping[str, Aside] | None" = None, limit: int
) -> tuple[Choice, ...]:
    """Choose what would be recalled least, whether it is due or not, then what is new."""
    names = [name for name in course.topic_of if name not in (held or {})]
    seen = [card.question for card in _by_urgency([cards[name] for name in names if name in cards], now)]
    new = _from_a_few_topics(course, [name for name in names if name not in cards])
    return tuple(interleaved(course, [Choice(name, "asked for") for name in (*seen, *new)[:limit]]))


def variety_of(course: Course) -> Variety:
    """Return what counts the variants of a question by reading it, 0 where it cannot be read."""

    @cache
    def count(name: str) -> int:
        from coursekit.questions._variants import how_many  # 8 ms, and a table of contents needs no question

        try:
            course.question(name)
            return max(1, how_many(course.topic_of[name].sections[name].fields()))
        except ContentError:
            return 0

    return count


def interleaved(course: Course, choices: Sequence[Choice]) -> list[Choice]:
    """Put another topic between two of the same where one is near, and another objective wherever there is one.

    Else the order stays, and the first leads. Two questions without an objective share nothing but their topic.
    """
    coming = (_Placed(choice, *_place(course, choice.question)) for choice in choices)
    ahead, done = list(islice(coming, _AHEAD)), list[_Placed]()
    while ahead:
        place = _next_place(ahead, done[-1]) if done else 0
        while place is None and (more := next(coming, None)):
            ahead.append(more)
            place = None if more.objective == done[-1].objective else len(ahead) - 1
        if place is None:
            done = _let_in(done, ahead)
            break
        done.append(ahead.pop(place))
        if len(ahead) < _AHEAD and (more := next(coming, None)):
            ahead.append(more)
    return [placed.choice for placed in done]


class _Placed(NamedTuple):
    choice: Choice
    topic: int
    objective: tuple[int, str]


def _place(course: Course, name: str) -> tuple[int, tuple[int, str]]:
    """Say of which topic and objective a question is; an objective is its topic's, and none is like no other."""
    topic = course.topic_of[name]
    return id(topic), (id(topic), topic.facts[name].objective or f" {name}")


def _next_place(ahead: Sequence[_Placed], last: _Placed) -> int | None:
    """Find the first of another topic, else of another objective."""
    if ahead[0].topic != last.topic:  # mostly
        return 0
    found = (place for place, each in enumerate(ahead) if each.topic != last.topic)
    others = (place for place, each in enumerate(ahead) if each.objective != last.objective)
    return next(found, next(others, None))


def _let_in(done: Sequence[_Placed], rest: list[_Placed]) -> list[_Placed]:
    """Let what is left, all of one objective, in between others, late but never first; what finds no gap stays last."""
    spread: list[_Placed] = []
    objective = rest[0].objective
    for before, after in zip_longest(reversed(done), list(reversed(done))[1:]):
        spread.append(before)
        if rest and after and objective not in (before.objective, after.objective):
            spread.append(rest.pop())
    return [*reversed(spread), *rest]


def _by_urgency(cards: Iterable[Card], now: datetime) -> list[Card]:
    return sorted(cards, key=lambda card: (not card.was_sure, recall(card, now), card.due, card.question))


def _fair(urgent: Sequence[Card], room: int, share: int, can_ask: Callable[[str], bool]) -> list[Card]:
    """Pick some of what is due: a share for the longest overdue, the rest by urgency."""
    longest = (card for card in sorted(urgent, key=lambda card: card.due) if can_ask(card.question))
    picked = {card.question: card for card in islice(longest, share)}
    others = (card for card in urgent if card.question not in picked and can_ask(card.question))
    return [*picked.values(), *islice(others, room - len(picked))]


def _new_today(
    plan: Plan, course: Course, cards: Mapping[str, Card], held: "Mapping[str, Aside]", begun: int, now: datetime
) -> int:
    """Count the new questions that a plan asks for; what is put aside for ever is not waited for."""
    gone = sum(aside.until is None and name not in cards and name in course.topic_of for name, aside in held.items())
    unseen = sum(name not in cards for name in course.topic_of) - gone
    return plan.new_today(unseen, begun, plan.day(now))


def _from_a_few_topics(course: Course, names: Iterable[str]) -> list[str]:
    """Take new questions from a few topics in turn; when one has no more, the next topic of the course joins."""
    by_topic: dict[int, list[str]] = {}
    for name in names:
        by_topic.setdefault(id(course.topic_of[name]), []).append(name)
    waiting = iter([iter(each) for each in by_topic.values()])
    open_topics, order = list(islice(waiting, _TOPICS_AT_ONCE)), list[str]()
    while open_topics:
        turn = [next(topic, None) for topic in open_topics]
        order += [name for name in turn if name is not None]
        kept = [topic for topic, name in zip(open_topics, turn, strict=True) if name is not None]
        open_topics = kept + list(islice(waiting, _TOPICS_AT_ONCE - len(kept)))
    return order


@final
class _Deputies:
    """Who stands in for whom; `taken` is what is not to be asked once more."""

    def __init__(self, course: Course, cards: Mapping[str, Card], taken: set[str], variety: Variety | None) -> None:
        self._course = course
        self._cards = cards
        self._variety = variety
        self.taken = taken

    def can_ask(self, name: str) -> bool:
        return not self._variety or self._variety(name) > 0

    def choice(self, card: Card, now: datetime) -> Choice:
        """Choose a due question, or another in its place."""
        why: Why = "due" if card.due <= now else "before the exam"
        if card.was_sure or is_leech(card):
            return Choice(card.question, "missed though sure" if card.was_sure else "leech")
        deputy = self._deputy(card) if card.reviews >= 2 and card.last_mark >= 1 else None
        if not deputy:
            return Choice(card.question, why)
        self.taken.add(deputy)
        return Choice(deputy, why, serves=card.question)

    def _deputy(self, card: Card) -> str | None:
        """Find a question of the same objective that is new or was seen longer ago."""
        if not self._variety or self._variety(card.question) > 1:
            return None
        facts = self._course.topic_of[card.question].facts
        alike = facts[card.question].objective
        others = [name for name, each in facts.items() if alike and each.objective == alike and each.kind != _BY_HAND]
        free = [(name, self._cards.get(name)) for name in others if name not in self.taken]
        new = [name for name, found in free if not found]
        seen = [(found.last_at, name) for name, found in free if found and found.last_at]
        older = sorted((at, name) for at, name in seen if card.last_at and at < card.last_at)
        return next((name for name in (*new, *(name for _, name in older)) if self._variety(name)), None)
