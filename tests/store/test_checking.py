"""What a start looks at in a record that is too large to be read whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coursekit.store import checking
from coursekit.store.checking import flaw
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Filled = Callable[..., Path]


@pytest.fixture
def large(tmp_path: Path, filled: Filled, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a record that counts as large."""
    record = filled(tmp_path, 3)
    with closing(sqlite3.connect(record)) as db:
        row = "'tiny', 'q', 'f', '[\"' || hex(randomblob(400)) || '\"]', 1, 1, 0, 0, 0, started, finished"
        columns = "course, question, fingerprint, response, mark, points, is_suggestion, hints, seed, started, finished"
        for _ in range(9):
            db.execute(f"insert into attempt ({columns}) select {row} from attempt")
        db.execute("insert into draft values ('tiny', 'q', '[\"mine\"]')")
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    monkeypatch.setattr(checking, "SMALL_BYTES", 0)
    return record


def page_of(record: Path, table: str, *, is_last: bool = False) -> int:
    """Return the number of a table's first or last page, from 1."""
    with closing(sqlite3.connect(record)) as db:
        root = int(db.execute("select rootpage from sqlite_schema where name = ?", (table,)).fetchone()[0])
    if not is_last:
        return root
    page = record.read_bytes()[(root - 1) * 4096 : root * 4096]
    return int.from_bytes(page[8:12], "big")  # a table's inner page names its rightmost child here


def with_a_torn_page(record: Path, number: int) -> None:
    good = record.read_bytes()
    record.write_bytes(good[: (number - 1) * 4096] + Random(1).randbytes(4096) + good[number * 4096 :])


def test_a_whole_record_passes(large: Path):
    with closing(open_store(large.parent, "tiny", NOW)) as store:
        assert (store.notice, len(store.attempts())) == ("", 3 * 2**9)

    assert inspect(large).problem == ""


def test_an_end_that_is_missing_is_seen(large: Path):
    large.write_bytes(large.read_bytes()[: -20 * 4096])

    with closing(open_store(large.parent, "tiny", NOW)) as store:
        assert store.notice.startswith("The record was damaged. It is kept as")


@pytest.mark.parametrize(
    ("table", "is_last"), [("draft", False), ("card", False), ("attempt", False), ("attempt", True)]
)
def test_a_torn_page_of_a_small_table_or_with_the_newest_rows_is_seen(large: Path, table: str, is_last: bool):
    with_a_torn_page(large, page_of(large, table, is_last=is_last))

    with closing(open_store(large.parent, "tiny", NOW)) as store:
        assert store.notice.startswith("The record was damaged. It is kept as")


def test_a_table_that_is_missing_is_seen(large: Path):
    with closing(sqlite3.connect(large)) as db:
        db.execute("drop table aside")
        db.commit()
        assert flaw(db, large) == "it has no aside"


def test_a_torn_page_in_the_middle_is_left_to_the_check_of_the_whole(large: Path):
    with closing(sqlite3.connect(large)) as db:
        with_a_torn_page(large, page_of(large, "attempt", is_last=True) // 2)

        assert flaw(db, large) == ""

    assert inspect(large).problem.startswith("is damaged: ")


def test_a_file_is_inspected_without_being_changed(tmp_path: Path, filled: Filled):
    record = filled(tmp_path, 2)
    before = record.read_bytes()

    found = inspect(record, is_still=True)

    assert (found.version, found.attempts, found.bytes, found.problem) == (len(MIGRATIONS), 2, len(before), "")
    assert record.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
