from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coursekit.scheduling import Card
from coursekit.store.asides import Aside
from coursekit.study.days import local_day
from coursekit.study.forecast import DAYS, forecast, sentence

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


def test_the_sentence_names_the_fullest_day():
    assert (
        sentence((2, 0, 5, 1)) == "2 due today, 8 within 7 days, 8 within 4 days; the fullest day is in 2 days, with 5."
    )
    assert sentence((5, 0)) == "5 due today, 5 within 7 days, 5 within 2 days."
    assert sentence((0, 0)) == "Nothing falls due in the next 2 days."
