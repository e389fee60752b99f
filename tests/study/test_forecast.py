from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.scheduling import Card
from coursekit.store.asides import Aside
from coursekit.study.days import local_day
from coursekit.study.forecast import DAYS, forecast, sentence
from coursekit.study.planning import Plan

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)


def card(due: datetime, name: str = "a") -> Card:
    return Card(name, due, 1.0, 1, 1.0)


@given(hours=st.lists(st.floats(-1000, 1000), max_size=30))
def test_each_card_falls_on_its_local_day_and_what_is_late_on_today(hours: list[float]):
    dues = [NOW + timedelta(hours=number) for number in hours]

    found = forecast(map(card, dues), NOW, zone=BERLIN)

    days = [max(0, (local_day(due, zone=BERLIN) - date(2026, 3, 27)).days) for due in dues]
    assert found == tuple(days.count(day) for day in range(DAYS))


def test_what_is_put_aside_comes_when_it_is_back():
    cards = [card(NOW, "snoozed"), card(NOW, "suspended"), card(NOW, "asked")]
    asides = {
        "snoozed": Aside("snoozed", "snooze", NOW + timedelta(days=3), NOW),
        "suspended": Aside("suspended", "suspend", None, NOW),
    }

    assert forecast(cards, NOW, asides=asides, days=5, zone=UTC) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize("to_exam", [2, 5, 20])
def test_what_a_plan_brings_back_falls_on_its_day(to_exam: int):
    plan = Plan(date(2026, 3, 27) + timedelta(days=to_exam), date(2026, 3, 1), zone=BERLIN)
    cards = [card(NOW + timedelta(days=days), f"q{days}") for days in range(0, 60, 3)]

    found = forecast(cards, NOW, plan=plan, zone=BERLIN)

    back = plan.comes_back({each.question: each for each in cards}).values()
    days = [max(0, (local_day(at, zone=BERLIN) - date(2026, 3, 27)).days) for at in back]
    assert found == tuple(days.count(day) for day in range(DAYS))
    assert sum(found[:to_exam]) == len(cards)


def test_a_plan_that_is_over_changes_nothing():
    cards = [card(NOW + timedelta(days=days), f"q{days}") for days in range(0, 20, 3)]
    plan = Plan(date(2026, 3, 20), date(2026, 3, 1), zone=BERLIN)

    assert forecast(cards, NOW, plan=plan, zone=BERLIN) == forecast(cards, NOW, zone=BERLIN)


def test_the_sentence_names_the_fullest_day():
    assert (
        sentence((2, 0, 5, 1)) == "2 due today, 8 within 7 days, 8 within 4 days; the fullest day is in 2 days, with 5."
    )
    assert sentence((5, 0)) == "5 due today, 5 within 7 days, 5 within 2 days."
    assert sentence((0, 0)) == "Nothing falls due in the next 2 days."
