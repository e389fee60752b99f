"""Any order of studying, rating, cramming, reopening and rescheduling, held to a plain model.

The model is a list of attempts, and a card is what the fsrs package itself makes of them.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import fsrs
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coursekit.course import Course, open_course
from coursekit.model import Attempt
from coursekit.rating import RATINGS, rate
from coursekit.session import Submitted, confirm, next_seed, submit
from coursekit.store.store import Store, open_store
from coursekit.study.selection import select

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RESPONSES = {
    "pick-one": (("1",), ("2",)),
    "pick-many": (("1",), ("1", "2"), ("4",)),
    "claim": (("1",), ("2",)),
    "why-calm": (("The noise is lower.",), ("It is something else.",), ("Less noise, so a larger step",)),
}
COURSE = """\
---
id: tiny
title: A tiny course
---
"""
TOPIC = """\
---
title: Steps
objectives: {LO-1: Know the parts of a step}
---

## One

```yaml question
id: pick-one
```

Pick.

- [ ] a
- [x] b

## Many

```yaml question
id: pick-many
points: 2
```

Pick.

- [x] a
- [x] b
- [ ] c
- [ ] d

## Claim

```yaml question
id: claim
kind: true-false
key: false
```

So it is.

## Why

```yaml question
id: why-calm
kind: free-response
points: 3
```

Why?

### Rubric

- (2) The gradient is less noisy.
  - noise | noisy
  - less | lower
- (1) A larger step is then safe.
  - larger
  - step

### Model response

The noise falls, so a larger step is safe.
"""
names = st.sampled_from(sorted(RESPONSES))
waits = st.one_of(
    st.timedeltas(timedelta(0), timedelta(minutes=20)),
    st.timedeltas(timedelta(hours=-30), timedelta(days=60)),  # a clock can be turned back
)


@cache
def the_course() -> Course:
    """Open a course whose folder is gone afterwards: its questions have been read by then."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        content.mkdir()
        (content / "course.md").write_text(COURSE, encoding="utf-8")
        (content / "1-steps.md").write_text(TOPIC, encoding="utf-8")
        course = open_course(Path(folder))
        for name in RESPONSES:
            course.question(name)
        return course


def replayed(attempts: list[Attempt], retention: float) -> dict[str, tuple[Any, ...]]:
    """Let the package make the cards of all attempts that count, in the order in which they were made."""
    scheduler = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    cards, reviews, marks = dict[str, fsrs.Card](), dict[str, int](), dict[str, float]()
    for made in attempts:
        if made.purpose == "cram" or made.is_suggestion:
            continue
        seconds = max(0.0, (made.finished - made.started).total_seconds())
        said = rate(made.mark, hints=made.hints, seconds=seconds, confidence=made.confidence, own=made.own_rating)
        for name in {made.question, made.serves or made.question}:
            card = cards.get(name) or fsrs.Card(card_id=1)
            cards[name], _ = scheduler.review_card(card, fsrs.Rating[said.capitalize()], made.finished)
            reviews[name], marks[name] = reviews.get(name, 0) + 1, made.mark
    return {
        name: (card.due, card.stability, card.difficulty, card.last_review, reviews[name], marks[name])
        for name, card in cards.items()
    }


class Studying(RuleBasedStateMachine):
    """What a learner, a second window and the commands can do to one record."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.course = the_course()
        self.now = NOW
        self.model: list[Attempt] = []
        self.suggested: list[Submitted] = []
        self.retention = 0.9

    @initialize()
    def begin(self) -> None:
        """Open a record for the first time."""
        self.store, self.other = self.opened(), self.opened()

    def teardown(self) -> None:
        """Leave nothing."""
        self.store.close()
        self.other.close()
        shutil.rmtree(self.home)

    def opened(self) -> Store:
        """Open the record, of which nobody should be told anything."""
        store = open_store(self.home, "tiny", self.now)
        assert store.notice == ""
        return store

    @rule(
        name=names,
        pick=st.integers(0, 2),
        wait=waits,
        hints=st.integers(0, 2),
        confidence=st.sampled_from((None, "sure", "guess")),
        purpose=st.sampled_from(("study", "study", "study", "cram", "exam")),
        serves=st.one_of(st.none(), names),
        is_other=st.booleans(),
    )
    def respond(
        self,
        name: str,
        pick: int,
        wait: timedelta,
        hints: int,
        confidence: str | None,
        purpose: str,
        serves: str | None,
        is_other: bool,
    ) -> None:
        """Submit a response, in this window or in the other."""
        store = self.other if is_other else self.store
        seed = next_seed(store, name)
        assert seed == sum(made.question == name for made in self.model)
        started, self.now = self.now, self.now + wait
        done = submit(
            store,
            self.course.question(name, seed),
            RESPONSES[name][pick % len(RESPONSES[name])],
            started=started,
            now=self.now,
            hints=hints,
            confidence=confidence,
            purpose=purpose,
            serves=serves,
        )
        assert done.attempt.id == len(self.model) + 1
        self.model.append(done.attempt)
        if done.attempt.is_suggestion:
            self.suggested.append(done)
        else:
            assert store.card(name) == done.card

    @precondition(lambda self: self.suggested)
    @rule(data=st.data(), ticks=st.tuples(st.booleans(), st.booleans()))
    def decide(self, data: st.DataObject, ticks: tuple[bool, bool]) -> None:
        """Confirm a suggestion, perhaps for the second time."""
        done = data.draw(st.sampled_from(self.suggested))
        confirmed = confirm(self.store, done, ticks, self.now)
        place = done.attempt.id - 1
        self.model[place] = replace(self.model[place], mark=(2 * ticks[0] + ticks[1]) / 3, is_suggestion=False)
        assert confirmed.card == self.store.card(done.attempt.question)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), rating=st.sampled_from(RATINGS))
    def rate(self, data: st.DataObject, rating: str) -> None:
        """Give one's own rating in place of ours."""
        place = data.draw(st.integers(0, len(self.model) - 1))
        self.store.rate(place + 1, rating, self.now)
        self.model[place] = replace(self.model[place], own_rating=rating)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), many=st.integers(1, 4))
    def hand_in(self, data: st.DataObject, many: int) -> None:
        """Save several attempts at once, as an exam does."""
        again = [data.draw(st.sampled_from(self.model)) for _ in range(many)]
        again = [replace(made, id=0, own_rating=None, purpose="exam", is_suggestion=False) for made in again]
        numbers = self.store.add_attempts(again)
        self.model += [replace(made, id=number) for made, number in zip(again, numbers, strict=True)]

    @rule(retention=st.sampled_from((0.8, 0.9, 0.95)))
    def aim(self, retention: float) -> None:
        """Change how much should be recalled."""
        self.store.settings.set("retention", retention)
        self.retention = retention

    @rule()
    def reopen(self) -> None:
        """Leave, and come back."""
        self.store.close()
        self.store = self.opened()

    @rule()
    def reschedule(self) -> None:
        """Make all cards anew: they are what they were, byte for byte."""
        self.store.cards()
        before = self.store._db.execute("select * from card").fetchall()
        count = self.store.reschedule()
        assert count == len(before)
        assert self.store._db.execute("select * from card").fetchall() == before

    @rule(wait=waits)
    def be_away(self, wait: timedelta) -> None:
        """Let time pass; what is due is asked before what is new, each once."""
        self.now += wait
        cards = self.store.cards()
        order = tuple(choice.question for choice in select(self.course, cards, self.now))
        due = {name for name, card in cards.items() if card.due <= self.now}
        assert len(set(order)) == len(order)
        assert set(order[: len(due)]) == due
        assert set(order[len(due) :]) == set(RESPONSES) - set(cards)

    @invariant()
    def the_record_is_the_model(self) -> None:
        """Hold both openings to the model."""
        expected = replayed(self.model, self.retention)
        for store in (self.store, self.other):
            assert store.attempts() == tuple(self.model)
            cards = store.cards()
            assert expected == {
                name: (card.due, card.stability, card.difficulty, card.last_at, card.reviews, card.last_mark)
                for name, card in cards.items()
            }


TestStudying = Studying.TestCase
TestStudying.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=(HealthCheck.too_slow,)
)
