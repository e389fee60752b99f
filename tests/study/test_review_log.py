import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import fsrs
import pytest

from coursekit.model import Attempt
from coursekit.store.store import Store, open_store
from coursekit.study.review_log import COLUMNS, as_csv, as_json, looks

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, "tiny", NOW)
    yield opened
    opened.close()


def add(store: Store, question: str, days: float, mark: float = 1.0, **more: object) -> int:
    at = NOW + timedelta(days=days)
    fields = {"points": 1.0, "is_suggestion": False, "hints": 0, "seed": 0} | more
    return store.add_attempt(
        Attempt(question, "f", ("1",), mark, started=at - timedelta(seconds=8.4), finished=at, **fields)  # pyright: ignore[reportArgumentType]
    )


def test_the_log_replayed_by_the_package_gives_the_cards_of_the_record(store: Store):
    for day, mark in ((0, 1.0), (3, 0.0), (3.01, 1.0), (9, 0.7)):
        add(store, "a", day, mark)
    add(store, "b", 1, hints=1)
    add(store, "a", 10, purpose="cram")
    store.rate(add(store, "b", 6), "easy", NOW)

    logs = [fsrs.ReviewLog.from_dict(each) for each in json.loads(as_json(looks(store)))]

    scheduler, cards = fsrs.Scheduler(enable_fuzzing=False), {1: fsrs.Card(card_id=1), 2: fsrs.Card(card_id=2)}
    for log in logs:
        cards[log.card_id], _ = scheduler.review_card(cards[log.card_id], log.rating, log.review_datetime)
    assert len(logs) == 6
    assert {log.review_duration for log in logs} == {8400}
    for number, name in ((1, "a"), (2, "b")):
        found = store.card(name)
        assert found
        assert (found.due, found.stability) == (cards[number].due, cards[number].stability)
    assert [fsrs.ReviewLog.from_json(log.to_json()) for log in logs] == logs


def test_the_table_has_the_columns_of_the_optimizer_and_times_in_milliseconds(store: Store):
    add(store, "a", 0)
    add(store, "a", 0.1)
    add(store, "a", 5, 0.0)
    add(store, "a", 5.1)
    add(store, "a", 9)

    rows = list(csv.DictReader(StringIO(as_csv(looks(store)))))

    assert tuple(rows[0]) == COLUMNS
    assert [row["review_time"] for row in rows][:1] == [str(round(NOW.timestamp() * 1000))]
    assert [row["review_rating"] for row in rows] == ["3", "3", "1", "3", "3"]
    assert [row["review_state"] for row in rows] == ["0", "1", "2", "3", "2"]


def test_what_does_not_count_is_not_in_the_log(store: Store):
    add(store, "a", 0, is_suggestion=True)
    add(store, "b", 0, purpose="cram")

    assert list(looks(store)) == []
    assert json.loads(as_json(looks(store))) == []


def test_a_question_asked_for_another_counts_for_both(store: Store):
    add(store, "a", 0)
    add(store, "b", 3, serves="a")

    assert [(look.card, look.state) for look in looks(store)] == [(1, 0), (1, 2), (2, 0)]
