from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.model import Attempt
from coursekit.session import submit
from coursekit.store.store import Store, open_store
from coursekit.study.asides import put_aside
from coursekit.study.planning import aim_at
from coursekit.study.selection import Choice
from coursekit.study.today import cramming, how_many, today

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ORDER = ("pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "home", "tiny", NOW)
    yield store
    store.close()


def attempt(question: str, at: datetime, mark: float = 1.0) -> Attempt:
    return Attempt(question, "print", ("1",), mark, 1.0, False, 0, 0, at - timedelta(seconds=60), at)


def names(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.question for choice in choices)


def test_without_a_record_it_is_the_course(course: Course, store: Store):
    assert names(today(course, store, NOW)) == ORDER


def test_minutes_bound_it_by_the_learners_own_pace(course: Course, store: Store):
    assert (how_many(store, 3), len(today(course, store, NOW, minutes=3))) == (4, 4)  # 45 s each, until it is known

    store.add_attempts([attempt("pick-one", NOW)] * 20)

    assert (how_many(store, 3), how_many(store, 0.1)) == (3, 1)


def test_what_is_put_aside_and_what_is_planned_count(course: Course, store: Store):
    aim_at(store.settings, date(2026, 3, 5), date(2026, 3, 1))
    put_aside(store, "pick-one", "suspend", NOW)

    chosen = today(course, store, NOW, zone=UTC)

    assert names(chosen) == ("pick-many", "claim")  # five in three days
    store.add_attempt(attempt("pick-many", NOW))
    assert names(today(course, store, NOW, zone=UTC)) == ("claim",)


def test_an_attempt_at_a_stand_in_serves_the_due_question(course: Course, store: Store):
    for back in (9, 8, 5):
        store.add_attempt(attempt("pick-one", NOW - DAY * back))
    alike = with_the_first_objective(course, "pick-many")
    before = store.cards()["pick-one"]

    (first, *_) = today(alike, store, NOW + 60 * DAY)
    question = alike.question(first.question)
    submit(store, question, question.body.key(), started=NOW, now=NOW + 60 * DAY, hints=0, serves=first.serves)

    assert first == Choice("pick-many", "due", serves="pick-one")
    after = store.cards()
    assert after["pick-one"].due > NOW + 60 * DAY
    assert (after["pick-one"].reviews, after["pick-many"].reviews) == (before.reviews + 1, 1)
    assert today(alike, store, NOW + 60 * DAY)[0].why == "new"


def test_cramming_begins_with_the_weakest_and_leaves_the_cards_alone(course: Course, store: Store):
    store.add_attempt(attempt("claim", NOW - DAY))
    store.add_attempt(attempt("why-calm", NOW - DAY, mark=0.0))
    before = store.cards()

    chosen = cramming(course, store, NOW, minutes=2)
    question = course.question(chosen[0].question)
    submit(store, question, question.body.key(), started=NOW, now=NOW, hints=0, purpose="cram")

    assert names(chosen) == ("why-calm", "claim")
    assert store.cards() == before
    assert [each.purpose for each in store.attempts("why-calm")] == ["study", "cram"]


def with_the_first_objective(course: Course, name: str) -> Course:
    """Give a question the objective of the first one."""
    (topic,) = course.topics
    place = topic.scan.ids.index(name)
    facts = list(topic.scan.facts)
    facts[place] = topic.facts[name]._replace(objective="LO-1")
    return replace(course, topics=(replace(topic, scan=topic.scan._replace(facts=facts)),))
