import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.store import schema
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS, migrate, version_of
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_a_new_file_is_brought_to_the_newest_version_once():
    with closing(sqlite3.connect(":memory:")) as connection:
        before = version_of(connection)
        migrate(connection)
        migrate(connection)

        assert (before, version_of(connection)) == (0, len(MIGRATIONS))
        tables = connection.execute("select name, strict from pragma_table_list where type = 'table'").fetchall()
    ours = {name: strict for name, strict in tables if not name.startswith("sqlite_")}
    names = "attempt confirmation rating lab_run lab_grade draft card card_state aside flag note bookmark setting"
    assert ours == dict.fromkeys((*names.split(), "sitting", "sitting_event"), 1)


def test_each_step_is_recorded_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with closing(sqlite3.connect(tmp_path / "old")) as old:
        migrate(old)
        old.execute("insert into draft values ('c', 'q', '[]')")
        old.commit()
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, "alter table draft add column at text;\n"))

    with closing(sqlite3.connect(tmp_path / "old")) as newer:
        migrate(newer)

        assert version_of(newer) == len(MIGRATIONS) + 1
        assert newer.execute("select * from draft").fetchall() == [("c", "q", "[]", None)]


def test_the_runs_of_an_older_record_are_all_there_and_none_is_removed(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / FILE)) as old:
        for script in MIGRATIONS[:2]:
            old.executescript(script)
        old.execute("pragma user_version = 2")
        old.executemany(
            "insert into lab_run values (?, 'tiny', 'bowl', '{}', '{}', 'finished', '[]', 1, 3, 10, ?)",
            [(number, NOW.isoformat()) for number in (1, 2)],
        )
        old.commit()

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        before = store.runs()
        store.remove_run(1, NOW)

        assert [(run.id, run.number, run.removed) for run in before] == [(1, 1, None), (2, 2, None)]
        assert [run.id for run in store.runs()] == [2]


def test_a_step_that_fails_leaves_a_file_as_it_was(monkeypatch: pytest.MonkeyPatch):
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, "create table extra (a);\n", "nonsense;\n"))

        with pytest.raises(sqlite3.OperationalError):
            migrate(connection)

        assert version_of(connection) == len(MIGRATIONS)
        assert not connection.execute("select 1 from sqlite_schema where name = 'extra'").fetchall()
