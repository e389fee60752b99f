"""An older record is copied, then brought up in one step, or not at all."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.errors import StoreError
from coursekit.store import opening, schema
from coursekit.store.backups import back_up, backups
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STAMPS = "'2026-01-01T00:00:00+00:00', '2026-01-01T00:01:00+00:00'"
ROW = f"1, 'tiny', 'q', 'f', '[\"1\"]', 1, 1, 0, 0, 0, null, null, {STAMPS}"


def old_record(home: Path, version: int) -> Path:
    with closing(sqlite3.connect(home / FILE)) as old:
        for script in MIGRATIONS[:version]:
            old.executescript(script)
        old.execute(f"pragma user_version = {version}")
        values = ROW if version < 4 else f"{ROW}, 'study', null"
        old.execute(f"insert into attempt values ({values})")
        old.commit()
    return home / FILE


def contents(record: Path) -> list[str]:
    with closing(sqlite3.connect(record)) as db:
        return [*db.iterdump(), str(db.execute("pragma user_version").fetchone())]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_record_is_copied_before_it_is_brought_up(tmp_path: Path, version: int):
    before = contents(old_record(tmp_path, version))

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert [kept.response for kept in store.attempts()] == [("1",)]
        assert store.cards()["q"].reviews == 1
        notice = store.notice

    (copy,) = backups(tmp_path)
    assert copy.name == f"record-v{version}-20260301T120000.sqlite3"
    assert contents(copy) == before
    assert notice == (f"Your record was brought to version {len(MIGRATIONS)}. As it was before, it is kept as {copy}.")
    with closing(open_store(tmp_path, "tiny", NOW)) as again:
        assert again.notice == ""


def test_a_broken_migration_leaves_the_old_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = contents(old_record(tmp_path, 2))
    broken = (*MIGRATIONS[:3], "drop table draft;\ninsert into nowhere values (1);\n")
    for module in (schema, opening):
        monkeypatch.setattr(module, "MIGRATIONS", broken)

    with pytest.raises(
        StoreError, match=r"could not be brought to version 4: no such table.*It is as it was, and a copy"
    ):
        open_store(tmp_path, "tiny", NOW)

    assert contents(tmp_path / FILE) == before
    assert contents(backups(tmp_path)[0]) == before


def test_without_room_for_the_copy_nothing_is_brought_up(tmp_path: Path):
    before = contents(old_record(tmp_path, 2))
    (tmp_path / "backups").write_text("a file where the folder should be")

    with pytest.raises(StoreError, match=r"could not be copied to .*The record is as it was"):
        open_store(tmp_path, "tiny", NOW)

    assert contents(tmp_path / FILE) == before


def test_a_newer_record_is_refused_with_a_way_back(tmp_path: Path):
    open_store(tmp_path, "tiny", NOW).close()
    good = back_up(tmp_path, None, NOW).path
    with closing(sqlite3.connect(tmp_path / FILE)) as newer:
        newer.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    unread = back_up(tmp_path, None, NOW + timedelta(days=1))
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(StoreError, match=f"newer coursekit.*'coursekit restore {good}' brings it back"):
        open_store(tmp_path, "tiny", NOW)

    assert unread.is_newer
    assert (tmp_path / FILE).read_bytes() == before


def test_a_damaged_old_record_is_put_aside_and_the_notice_names_the_newest_whole_backup(tmp_path: Path):
    record = old_record(tmp_path, 2)
    good = back_up(tmp_path, None, NOW).path
    record.write_bytes(record.read_bytes()[:5000])

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert store.notice.endswith(
            f"a new one was begun. The newest whole backup is {good}; 'coursekit restore {good}' brings it back."
        )
        assert store.attempts() == ()

    assert inspect(good).attempts == 1
