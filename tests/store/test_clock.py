"""Clocks that go back, zones, and days of 23 hours: stamps are instants in UTC, the order is that of writing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coursekit.model import Attempt
from coursekit.store.place import FILE
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Make = Callable[..., Attempt]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        yield store


def test_an_attempt_by_a_clock_that_was_turned_back_counts_and_comes_last(store: Store, attempt: Make):
    for days in (0, 9, -400, 1):
        store.add_attempt(attempt(days))

    assert [kept.finished for kept in store.attempts()] == [NOW + timedelta(days=days) for days in (0, 9, -400, 1)]
    before = store.cards()
    assert before["q"].reviews == 4
    store.reschedule()
    assert store.cards() == before


def test_an_attempt_that_ended_before_it_began_took_no_time(store: Store, attempt: Make):
    store.add_attempt(replace(attempt(), started=NOW + timedelta(hours=1)))

    assert store.attempts()[0].seconds == 0
    assert store.cards()["q"].reviews == 1


def test_records_made_by_a_clock_that_was_turned_back_are_kept_apart(tmp_path: Path):
    for _ in range(2):
        (tmp_path / FILE).write_bytes(b"no record" * 1000)
        open_store(tmp_path, "tiny", NOW - timedelta(days=9)).close()

    assert len(list(tmp_path.glob("*.corrupt-*"))) == 2


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu"])
def test_stamps_are_utc_in_any_zone_and_across_the_change_to_summer_time(store: Store, attempt: Make, zone: str):
    instants = [NOW + timedelta(hours=hours) for hours in range(0, 24 * 60, 13)]  # over the end of March

    for at in instants:
        there = at.astimezone(ZoneInfo(zone))
        store.add_attempt(replace(attempt(), started=there, finished=there))

    stamps = [row[0] for row in store._db.execute("select finished from attempt order by id")]
    assert [kept.finished for kept in store.attempts()] == instants
    assert all(stamp.endswith("+00:00") for stamp in stamps)
    assert stamps == sorted(stamps)
    assert store.cards()["q"].due.utcoffset() == timedelta(0)


def test_an_hour_that_comes_twice_is_two_hours(store: Store, attempt: Make):
    rome = ZoneInfo("Europe/Rome")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=rome)

    for at in (first, first.replace(fold=1)):
        store.add_attempt(replace(attempt(), started=at, finished=at))

    one, other = (kept.finished for kept in store.attempts())
    assert other - one == timedelta(hours=1)
