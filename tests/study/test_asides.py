from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coursekit.store.store import Store, open_store
from coursekit.study.asides import back_on, put_aside

BERLIN = ZoneInfo("Europe/Berlin")
LATE = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past two in Berlin: still Sunday the 22nd


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "made", LATE)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("way", "days", "back"),
    [
        ("bury", None, date(2026, 11, 23)),
        ("snooze", 1, date(2026, 11, 23)),
        ("snooze", 7, date(2026, 11, 29)),
        ("suspend", None, None),
    ],
)
def test_what_is_put_aside_comes_back_when_its_day_begins(store: Store, way: str, days: int | None, back: date | None):
    put_aside(store, "q", way, LATE, days=days, zone=BERLIN)

    aside = store.asides.held(LATE)["q"]
    assert (aside.what, back_on(store, aside, BERLIN)) == (way, back)
    if aside.until:
        assert (aside.until.astimezone(BERLIN).hour, aside.holds(aside.until)) == (4, False)


def test_a_day_that_starts_later_ends_an_aside_later(store: Store):
    store.settings.set("day_starts", 6, for_all=True)

    put_aside(store, "q", "bury", LATE, zone=BERLIN)

    assert store.asides.held(LATE)["q"].until == datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_what_is_brought_back_is_asked_again(store: Store):
    put_aside(store, "q", "suspend", LATE)

    put_aside(store, "q", "bring back", LATE)

    assert not store.asides.held(LATE)
