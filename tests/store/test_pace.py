from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.model import Attempt
from coursekit.store.pace import LATEST, LONGEST_SECONDS
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MADE = Attempt("q", "print", ("1",), 1.0, 1.0, False, 0, 0, NOW - timedelta(seconds=40), NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "made", NOW)
    yield store
    store.close()


def lasting(seconds: float, at: datetime = NOW, question: str = "q") -> Attempt:
    return replace(MADE, question=question, started=at - timedelta(seconds=seconds), finished=at)


def test_an_empty_record_has_no_pace(store: Store):
    assert store.pace.seconds() == (0.0, 0)
    assert store.pace.begun_since(NOW - DAY) == 0


def test_the_pace_is_the_mean_of_the_latest_attempts(store: Store):
    store.add_attempts([lasting(1000)] * 3 + [lasting(20), lasting(60)] * (LATEST // 2))

    seconds, count = store.pace.seconds()

    assert (seconds, count) == (pytest.approx(40, abs=0.01), LATEST)


def test_somebody_who_went_away_counts_for_some_minutes_only(store: Store):
    store.add_attempts([lasting(36_000), lasting(-50)])

    assert store.pace.seconds()[0] == pytest.approx(LONGEST_SECONDS / 2, abs=0.01)


def test_what_was_asked_before_was_not_begun_today(store: Store):
    store.add_attempts(
        [
            lasting(9, NOW - DAY, "old"),
            lasting(9, NOW, "old"),
            lasting(9, NOW, "new"),
            lasting(9, NOW, "new"),
            replace(lasting(9, NOW - DAY, "crammed"), purpose="cram"),
            lasting(9, NOW, "crammed"),
            lasting(9, NOW - DAY, "yesterday"),
        ]
    )

    assert store.pace.begun_since(NOW - timedelta(hours=8)) == 2
    assert store.pace.begun_since(NOW - 2 * DAY) == 4
