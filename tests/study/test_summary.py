from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.model import Attempt
from coursekit.store.store import Store, open_store
from coursekit.study.planning import aim_at, read_plan
from coursekit.study.summary import comes_back, points, sentences, summed_up

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MADE = Attempt("", "", ("1",), 1.0, 1.0, False, 0, 0, NOW, NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path, "made", NOW)) as store:
        yield store


def attempts(*marks: float) -> list[Attempt]:
    return [replace(MADE, question=f"q{number}", mark=mark) for number, mark in enumerate(marks)]


def test_a_session_is_told_with_how_it_went_its_points_and_what_comes_back():
    found = summed_up(attempts(1, 0.5, 0, 0), 7 * MINUTE, [NOW + 3 * DAY, NOW + 9 * MINUTE])

    assert list(sentences(found, NOW)) == [
        "4 questions in 7 minutes: 1 right, 1 partly right, 2 wrong",
        "1.5 of 4 points",
        "Due within the hour: 1. Within a day: 1. The next is due again in 9 minutes.",
    ]
    assert found.missed == ("q1", "q2", "q3")


def test_one_of_anything_is_one():
    found = summed_up(attempts(1), 10 * MINUTE / 60, [])

    assert list(sentences(found, NOW)) == [
        "1 question in 1 minute: 1 right",
        "1 of 1 point",
        "Due within the hour: 0. Within a day: 0.",
    ]


def test_what_nobody_here_can_grade_is_neither_right_nor_wrong():
    found = summed_up(attempts(0), MINUTE, [], ungraded=["q0"])

    assert list(sentences(found, NOW))[:-1] == ["1 question in 1 minute"]
    assert found.missed == ()


def test_cramming_says_that_the_schedule_stays():
    found = summed_up(attempts(1), MINUTE, [NOW], is_cram=True)

    assert list(sentences(found, NOW))[-1] == "This was cramming: the schedule is as it was."


def test_points_are_written_as_people_write_them():
    assert points(summed_up(attempts(1 / 3, 1), MINUTE, [])) == "1.33 of 2 points"


def test_what_comes_back_hangs_on_the_plan_and_on_what_is_put_aside(store: Store):
    for name in ("a", "b", "snoozed", "suspended", "gone"):
        store.add_attempt(replace(MADE, question=name))
    store.asides.put("snoozed", "snooze", NOW + 40 * DAY, NOW)
    store.asides.put("suspended", "suspend", None, NOW)
    cards, names = store.cards(), ("a", "b", "snoozed", "suspended")

    assert sorted(comes_back(store, names, NOW)) == [cards["a"].due, cards["b"].due, NOW + 40 * DAY]

    aim_at(store.settings, date(2026, 3, 3), date(2026, 2, 1))
    plan = read_plan(store.settings)
    assert plan
    back = plan.comes_back(cards)
    assert sorted(comes_back(store, names, NOW)) == sorted((back["a"], back["b"], NOW + 40 * DAY))
