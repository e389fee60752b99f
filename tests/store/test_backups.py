import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from coursekit.errors import StoreError
from coursekit.model import Attempt
from coursekit.store import backups as store_backups
from coursekit.store.backups import back_up, backups, newest_good, restore
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Make = Callable[..., Attempt]
Filled = Callable[..., Path]


def attempts_in(home: Path) -> int:
    with closing(open_store(home, "tiny", NOW)) as store:
        assert store.notice == ""
        return len(store.attempts())


def made_newer(record: Path) -> None:
    with closing(sqlite3.connect(record)) as newer:
        newer.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")


def damaged(record: Path) -> None:
    good = record.read_bytes()
    record.write_bytes(good[:4096] + Random(2).randbytes(4096) + good[8192:])


def test_a_backup_is_one_whole_file_with_everything_in_it(tmp_path: Path, filled: Filled, attempt: Make):
    filled(tmp_path, 5)

    with closing(open_store(tmp_path, "tiny", NOW)) as store:  # in whose journal the last attempt still is
        store.add_attempt(attempt(6))
        made = back_up(tmp_path, None, NOW)

    assert made.path == tmp_path / "backups" / "record-20260301T120000.sqlite3"
    assert (made.attempts, made.version, made.problem) == (6, len(MIGRATIONS), "")
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert made.path.read_bytes()[18:20] == b"\x01\x01"  # not one that needs a journal beside it


def test_backups_of_one_second_have_names_of_their_own_and_the_newest_comes_first(tmp_path: Path, filled: Filled):
    filled(tmp_path, 1)
    first, second = back_up(tmp_path, None, NOW), back_up(tmp_path, None, NOW)
    older = back_up(tmp_path, None, NOW - timedelta(days=1))

    assert backups(tmp_path) == (second.path, first.path, older.path)
    assert newest_good(tmp_path) == second.path


def test_the_newest_good_backup_is_whole_and_can_be_read(tmp_path: Path, filled: Filled):
    filled(tmp_path)
    made = [back_up(tmp_path, None, NOW + timedelta(days=day)).path for day in range(3)]

    made_newer(made[2])
    damaged(made[1])

    assert newest_good(tmp_path) == made[0]


def test_a_backup_replaces_no_file_and_leaves_nothing_half_done(tmp_path: Path, filled: Filled):
    filled(tmp_path / "home", 1)
    (tmp_path / "mine").write_text("mine")

    with pytest.raises(StoreError, match="is there already, and a copy replaces nothing"):
        back_up(tmp_path / "home", tmp_path / "mine", NOW)
    with pytest.raises(StoreError, match="could not be copied to /dev/null/mine"):
        back_up(tmp_path / "home", Path("/dev/null/mine"), NOW)

    assert (tmp_path / "mine").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "mine"]


def test_without_a_record_there_is_nothing_to_copy(tmp_path: Path):
    with pytest.raises(StoreError, match="There is no record in"):
        back_up(tmp_path, None, NOW)

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_record_is_not_copied_as_if_it_were_whole(tmp_path: Path, filled: Filled):
    damaged(filled(tmp_path))

    with pytest.raises(StoreError, match="damaged"):
        back_up(tmp_path, None, NOW)

    assert backups(tmp_path) == ()
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_restored_record_is_the_copy_and_the_one_before_is_kept(tmp_path: Path, filled: Filled, attempt: Make):
    filled(tmp_path, 3)
    made = back_up(tmp_path, tmp_path / "copy", NOW)
    filled(tmp_path, 4)

    done = restore(tmp_path, made.path, NOW)

    assert done.kept
    assert (done.record.attempts, inspect(done.kept).attempts) == (3, 7)
    assert attempts_in(tmp_path) == 3
    assert restore(tmp_path, done.kept, NOW).record.attempts == 7


def test_a_record_can_be_restored_where_there_is_none(tmp_path: Path, filled: Filled):
    made = back_up(filled(tmp_path / "old", 3).parent, tmp_path / "copy", NOW)

    done = restore(tmp_path / "new", made.path, NOW)

    assert (done.kept, attempts_in(tmp_path / "new")) == (None, 3)


def test_a_damaged_record_is_put_aside_for_the_restored_one(tmp_path: Path, filled: Filled):
    record = filled(tmp_path)
    made = back_up(tmp_path, None, NOW)
    damaged(record)
    wrong = record.read_bytes()

    done = restore(tmp_path, made.path, NOW)

    aside = tmp_path / f"{FILE}.corrupt-20260301T120000"
    assert (done.kept, aside.read_bytes()) == (aside, wrong)
    assert attempts_in(tmp_path) == 60


def test_a_copy_of_an_older_version_is_brought_up_and_stays_as_it_is(tmp_path: Path, filled: Filled):
    with closing(sqlite3.connect(tmp_path / "old")) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("pragma user_version = 1")
    before = (tmp_path / "old").read_bytes()
    filled(tmp_path / "home", 2)

    done = restore(tmp_path / "home", tmp_path / "old", NOW)

    assert (done.record.version, done.record.attempts) == (len(MIGRATIONS), 0)
    assert (tmp_path / "old").read_bytes() == before


def nothing(file: Path) -> None:
    pass


def a_pipe(file: Path) -> None:
    os.mkfifo(file)


def a_text(file: Path) -> None:
    file.write_text("no record " * 1000)


def another_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table mine (a)")


def a_newer_one(file: Path) -> None:
    with closing(sqlite3.connect(file)) as newer:
        newer.executescript(MIGRATIONS[0])
    made_newer(file)


def a_damaged_one(file: Path) -> None:
    with closing(open_store(file.parent, "tiny", NOW)) as store:
        store.add_attempt(Attempt("q", "f", ("x" * 9000,), 1.0, 1.0, False, 0, 0, NOW, NOW))
    back_up(file.parent, file, NOW)
    damaged(file)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (nothing, "does not exist"),
        (a_pipe, "is no file"),
        (a_text, "is no record of coursekit"),
        (another_database, "is no record of coursekit"),
        (a_newer_one, r"was written by a newer coursekit \(version .*Update coursekit"),
        (a_damaged_one, "is damaged"),
    ],
)
def test_what_cannot_be_restored_leaves_the_record_as_it_was(
    tmp_path: Path, filled: Filled, make: Callable[[Path], None], why: str
):
    before = filled(tmp_path / "home", 2).read_bytes()
    (tmp_path / "other").mkdir()
    make(tmp_path / "other" / "copy")

    with pytest.raises(StoreError, match=why):
        restore(tmp_path / "home", tmp_path / "other" / "copy", NOW)

    assert (tmp_path / "home" / FILE).read_bytes() == before
    assert [path.name for path in (tmp_path / "home").iterdir()] == [FILE]


def test_the_record_itself_is_no_copy(tmp_path: Path, filled: Filled):
    record = filled(tmp_path, 1)

    with pytest.raises(StoreError, match="is the record itself"):
        restore(tmp_path, record, NOW)

    assert attempts_in(tmp_path) == 1


def test_a_record_in_which_another_does_not_stop_writing_is_left_as_it_was(
    tmp_path: Path, filled: Filled, monkeypatch: pytest.MonkeyPatch
):
    record = filled(tmp_path, 2)
    made = back_up(tmp_path, tmp_path / "copy", NOW)
    filled(tmp_path, 1)
    monkeypatch.setattr(store_backups, "_PATIENCE_SECONDS", 0.2)
    with closing(sqlite3.connect(record)) as other:
        other.execute("begin immediate")

        with pytest.raises(StoreError, match=r"another process is writing to it\. The record is as it was"):
            restore(tmp_path, made.path, NOW)

    assert attempts_in(tmp_path) == 3


_USE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coursekit.model import Attempt
from coursekit.store.store import open_store

now = datetime.now(UTC)
store = open_store(Path(sys.argv[1]), "tiny", now)
for line in sys.stdin:
    before = len(store.attempts()), store.has_changed(), store.cards()["q"].reviews
    store.add_attempt(Attempt("q", "f", ("after",), 1.0, 1.0, False, 0, 0, now, now))
    print(*before, len(store.attempts()), flush=True)
"""


def test_another_process_that_has_the_record_open_goes_on_with_the_restored_one(tmp_path: Path, filled: Filled):
    made = back_up(filled(tmp_path, 3).parent, tmp_path / "copy", NOW)
    filled(tmp_path, 4)
    with subprocess.Popen(
        [sys.executable, "-c", _USE, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdin.write("\n")
        other.stdin.flush()
        first = other.stdout.readline().split()

        done = restore(tmp_path, made.path, NOW)
        second, _ = other.communicate("\n", timeout=30)

    assert done.kept
    assert first == ["7", "False", "7", "8"]
    assert inspect(done.kept).attempts == 8
    assert second.split() == ["3", "True", "3", "4"]
    assert attempts_in(tmp_path) == 4
