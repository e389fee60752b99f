"""How much of the course would be recalled now: a share that forgetting lowers, not a count of what was clicked.

>>> from datetime import UTC, datetime, timedelta
>>> now = datetime(2026, 1, 20, tzinfo=UTC)
>>> seen = Card("rate", now, stability=10.0, reviews=4, last_mark=1.0, last_at=now - timedelta(days=10))
>>> print(sentence(mastery(("rate", "batch"), {"rate": seen}, now)))
You would recall about 45 % of it now (between 21 % and 50 %); 1 of 2 questions seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import final

from coursekit.course import Topic
from coursekit.scheduling import DECAY, Card
from coursekit.study.interval import wilson
from coursekit.study.recalled import Memory, memories, percent, share


@final
@dataclass(frozen=True, slots=True)
class Mastery:
    """The share of some questions that would be recalled now, and between which shares it lies."""

    total: int
    seen: int
    looks: int
    """Reviews of the seen ones, from which the interval comes."""
    share: float
    low: float
    high: float


@final
@dataclass(frozen=True, slots=True)
class Objective:
    """One objective of a topic by its id, and how well it is mastered."""

    name: str
    topic: Topic
    mastery: Mastery

    @property
    def words(self) -> str:
        """What the topic says the objective is; its id where it says nothing. The file is read when asked."""
        return _words(self.topic).get(self.name, self.name)


def mastery(names: Sequence[str], cards: Mapping[str, Card], now: datetime, decay: float = DECAY) -> Mastery:
    """Return how well some questions are mastered, as `mastery_of` says."""
    return mastery_of(names, memories({name: cards[name] for name in names if name in cards}, now, decay))


def mastery_of(names: Sequence[str], known: Mapping[str, Memory]) -> Mastery:
    """Return the mean predicted recall of some questions; one that was never seen counts 0.

    What is unseen is known to be 0. So only the recall of the seen ones is uncertain: its interval is Wilson's, on as
    many looks as there were reviews, and is scaled by the share that was seen.
    """
    seen = [known[name] for name in names if name in known]
    if not seen:
        return Mastery(len(names), 0, 0, 0.0, 0.0, 0.0)
    looks = sum(memory.reviews for memory in seen)
    part = len(seen) / len(names)
    low, high = wilson(share(seen, len(seen)), looks)
    return Mastery(len(names), len(seen), looks, share(seen, len(names)), part * low, part * high)


def objectives(topic: Topic, known: Mapping[str, Memory]) -> tuple[Objective, ...]:
    """Return the objectives of a topic in the order in which its questions name them; some may name none."""
    named: dict[str, list[str]] = {}
    for name, facts in topic.facts.items():
        if facts.objective:
            named.setdefault(facts.objective, []).append(name)
    return tuple(Objective(each, topic, mastery_of(names, known)) for each, names in named.items())


def weakest(found: Sequence[Objective]) -> Objective | None:
    """Return the objective that would be recalled least among those that were begun, None before the first."""
    begun = [each for each in found if each.mastery.seen]
    return min(begun, key=lambda each: each.mastery.share, default=None)


def sentence(found: Mastery, what: str = "it") -> str:
    """Say how well some questions are mastered."""
    if not found.seen:
        return f"Nothing of {what} has been seen yet."
    between = f"between {percent(found.low)} and {percent(found.high)}"
    questions = "question" if found.total == 1 else "questions"
    share, seen = percent(found.share), f"{found.seen} of {found.total} {questions} seen"
    return f"You would recall about {share} of {what} now ({between}); {seen}."


def _words(topic: Topic) -> Mapping[str, str]:
    from coursekit.errors import ContentError

    try:
        fields = topic.document.fields().mapping("objectives")
        return {name: fields.text(name) for name in fields}
    except ContentError:  # told by check
        return {}
