from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.scheduling import Card, Review, recall, schedule
from coursekit.study.interval import wilson
from coursekit.study.mastery import Memory, mastery, mastery_of, memories, objectives, percent, sentence

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHARES = st.floats(0, 1)


def card(name: str, days: float, stability: float = 10.0, reviews: int = 3) -> Card:
    return Card(name, NOW, stability, reviews, 1.0, last_at=NOW - timedelta(days=days))


def test_the_interval_is_wilsons():
    low, high = wilson(0.5, 10)

    assert (low, high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10)[1] == pytest.approx(0.2775, abs=1e-4)


@given(share=SHARES, looks=st.integers(0, 10**6))
def test_an_interval_holds_its_share_and_stays_inside(share: float, looks: int):
    low, high = wilson(share, looks)

    assert 0 <= low <= share <= high <= 1


@given(share=SHARES, looks=st.integers(0, 10**4), more=st.integers(1, 10**4))
def test_an_interval_narrows_with_the_looks(share: float, looks: int, more: int):
    few, many = wilson(share, looks), wilson(share, looks + more)

    assert many[1] - many[0] <= few[1] - few[0] + 1e-12


def test_what_was_never_seen_counts_nothing():
    found = mastery_of(("a", "b", "c", "d"), {"a": Memory(0.8, 5)})

    assert (found.total, found.seen, found.share) == (4, 1, 0.2)
    assert found.low == pytest.approx(wilson(0.8, 5)[0] / 4)
    assert found.high == pytest.approx(wilson(0.8, 5)[1] / 4)


def test_without_a_look_there_is_nothing_to_be_unsure_of():
    found = mastery_of(("a", "b"), {})

    assert (found.share, found.low, found.high) == (0, 0, 0)
    assert sentence(found, "the course") == "Nothing of the course has been seen yet."


def test_mastery_falls_while_nothing_is_done():
    cards = {"a": card("a", days=2)}

    week, year = (mastery(("a",), cards, NOW + timedelta(days=days)).share for days in (7, 365))

    assert week == recall(cards["a"], NOW + timedelta(days=7))
    assert 0 < year < week < 1


def test_what_was_missed_a_minute_ago_is_not_mastered():
    missed = schedule("a", [Review(NOW, 0.0, 0)])

    found = memories({"a": missed}, NOW + timedelta(minutes=1))

    assert recall(missed, NOW) == 1
    assert found["a"].recall == recall(missed, NOW + timedelta(days=1)) < 0.9


def test_a_fitted_decay_counts():
    cards = {"a": card("a", days=100)}

    assert memories(cards, NOW, decay=0.5)["a"].recall < memories(cards, NOW, decay=0.1)["a"].recall


def test_objectives_have_the_words_of_their_topic(course: Course):
    topic = course.topics[0]

    (found,) = objectives(topic, {"pick-one": Memory(0.9, 1)})

    assert (found.name, found.words) == ("LO-1", "Know the parts of a step")
    assert (found.mastery.total, found.mastery.share) == (1, 0.9)


@given(share=SHARES)
def test_a_share_in_percent_never_looks_like_nothing_or_all(share: float):
    said = percent(share)

    assert (said == "0 %") == (share == 0)
    assert (said == "100 %") == (share == 1)
