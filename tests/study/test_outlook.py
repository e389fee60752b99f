from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.scheduling import Card, recall
from coursekit.study.outlook import enough_minutes, outlook, steps
from coursekit.study.planning import Plan

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
GROWING = steps()
LOOK = partial(outlook, growing=GROWING, now=NOW)


def plan(days: int, minutes: int = 30) -> Plan:
    return Plan(TODAY + DAY * days, TODAY, minutes, zone=UTC)


def cards(many: int, due_in: float = 0.0, stability: float = 5.0) -> dict[str, Card]:
    last = NOW - 5 * DAY
    return {f"q{n}": Card(f"q{n}", NOW + DAY * due_in, stability, 3, 1.0, 5.0, 0, last) for n in range(many)}


def test_steps_are_the_intervals_that_fsrs_publishes():
    assert [GROWING.days(stability) for stability in GROWING.stabilities[:5]] == [2, 11, 46, 163, 498]
    assert GROWING.after(GROWING.stabilities[1]) == pytest.approx(GROWING.stabilities[2])


@pytest.mark.parametrize("retention", [0.7, 0.8, 0.9, 0.95])
def test_an_interval_lasts_until_recall_falls_to_the_retention(retention: float):
    days = steps((), retention).days(40.0)

    assert recall(Card("q", NOW, 40.0, 3, 1.0, last_at=NOW), NOW + DAY * days) == pytest.approx(retention, abs=0.004)


def test_every_day_before_the_exam_has_its_line():
    ahead = LOOK(plan(20), cards(3), 10)

    assert [day.day for day in ahead.days] == [TODAY + DAY * n for n in range(20)]
    assert sum(day.new for day in ahead.days) == 10
    assert all(day.new == 0 for day in ahead.days if day.day in plan(20).review_days)
    assert ahead.days[0].reviews == 3


def test_minutes_are_looks_times_seconds():
    (day,) = LOOK(plan(1), cards(10), 0, seconds=60.0, retention=0.9).days

    assert (day.reviews, day.minutes) == (10, pytest.approx(11.0))  # one in ten is asked once more


def test_what_is_due_after_the_exam_is_reviewed_once_in_the_last_days():
    ahead = LOOK(plan(28), cards(70, due_in=200, stability=200), 0)

    assert sum(day.reviews for day in ahead.days) == 70
    assert all(not day.reviews for day in ahead.days if day.day not in plan(28).review_days)


def test_all_that_was_new_is_reviewed_once_more_in_the_last_days():
    ahead = LOOK(plan(59), {}, 70)

    last = [day.reviews for day in ahead.days if day.day in plan(59).review_days]
    assert sum(last) >= 70
    assert max(last) - min(last) <= 10


def test_what_cannot_be_done_is_told_with_the_minutes_that_would_do():
    short = plan(10, minutes=1)

    ahead, enough = LOOK(short, {}, 100), enough_minutes(short, lambda other: LOOK(other, {}, 100))

    assert not ahead.can_be_done
    assert ahead.unseen > 0
    assert enough
    assert LOOK(short._replace(minutes=enough), {}, 100).can_be_done
    assert not LOOK(short._replace(minutes=enough - 1), {}, 100).can_be_done


def test_what_no_day_is_long_enough_for_has_no_minutes():
    assert enough_minutes(plan(1), lambda other: LOOK(other, {}, 100_000)) is None


def test_new_questions_have_their_share_of_a_day_full_of_reviews():
    ahead = LOOK(plan(8, minutes=9), cards(500), 6)

    assert ahead.unseen == 0
    assert ahead.left_over > 0


@settings(deadline=None)
@given(
    days=st.integers(1, 40),
    minutes=st.integers(1, 120),
    seen=st.integers(0, 60),
    unseen=st.integers(0, 60),
    due_in=st.floats(-10, 80),
)
def test_no_question_is_lost_and_no_day_is_longer_than_it_may_be(
    days: int, minutes: int, seen: int, unseen: int, due_in: float
):
    made = plan(days, minutes)

    ahead = LOOK(made, cards(seen, due_in), unseen)

    assert sum(day.new for day in ahead.days) + ahead.unseen == unseen
    assert all(day.minutes <= minutes + 1e-6 for day in ahead.days)
    if ahead.can_be_done and seen:
        assert sum(day.reviews for day in ahead.days) >= seen
