import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from coursekit.errors import StoreError
from coursekit.model import Attempt
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def attempt(number: int = 0) -> Attempt:
    return Attempt("q", "f", (f"response {number}",), 1.0, 1.0, False, 0, 0, NOW, NOW + timedelta(days=number))


def filled(home: Path, count: int = 60) -> bytes:
    """Make a record with some attempts and return its bytes."""
    with closing(open_store(home, "tiny", NOW)) as store:
        for number in range(count):
            store.add_attempt(attempt(number))
    return (home / FILE).read_bytes()


def test_a_new_home_is_made_with_its_parents(tmp_path: Path):
    with closing(open_store(tmp_path / "a" / "b", "tiny", NOW)) as store:
        assert store.notice == ""

    assert (tmp_path / "a" / "b" / FILE).is_file()


def test_an_empty_file_is_a_new_record(tmp_path: Path):
    (tmp_path / FILE).touch()

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert (store.notice, store.attempts()) == ("", ())


def test_a_newer_record_is_refused_and_left_as_it_is(tmp_path: Path):
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as newer:
        newer.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(StoreError, match=r"newer coursekit.*Update coursekit, or choose another folder with --home"):
        open_store(tmp_path, "tiny", NOW)

    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def randomised(good: bytes) -> bytes:
    return Random(1).randbytes(len(good))


def truncated(good: bytes) -> bytes:
    return good[: len(good) // 2 + 100]


def with_a_damaged_page(good: bytes) -> bytes:
    return good[:4096] + Random(2).randbytes(4096) + good[8192:]


def with_a_damaged_first_page(good: bytes) -> bytes:
    return good[:100] + Random(3).randbytes(2000) + good[2100:]


@pytest.mark.parametrize("damage", [randomised, truncated, with_a_damaged_page, with_a_damaged_first_page])
def test_a_damaged_record_is_kept_aside_and_a_new_one_begun(tmp_path: Path, damage: Callable[[bytes], bytes]):
    damaged = damage(filled(tmp_path))
    (tmp_path / FILE).write_bytes(damaged)

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        number = store.add_attempt(attempt())

        aside = tmp_path / f"{FILE}.corrupt-20260301T120000"
        assert store.notice == f"The record was damaged. It is kept as {aside}; a new one was begun."
        assert [kept.id for kept in store.attempts()] == [number] == [1]
    assert aside.read_bytes() == damaged
    with closing(open_store(tmp_path, "tiny", NOW)) as again:
        assert (again.notice, len(again.attempts())) == ("", 1)


def test_a_second_damaged_record_does_not_overwrite_the_first(tmp_path: Path):
    for word in (b"first", b"second", b"third"):
        (tmp_path / FILE).write_bytes(word * 1000)
        open_store(tmp_path, "tiny", NOW).close()

    kept = sorted(path.read_bytes()[:5] for path in tmp_path.glob("*.corrupt-*"))
    assert kept == [b"first", b"secon", b"third"]


def test_the_journal_goes_with_a_damaged_record(tmp_path: Path):
    good = filled(tmp_path / "killed")
    with closing(open_store(tmp_path / "killed", "tiny", NOW)) as killed:
        killed.add_attempt(replace(attempt(), response=("written last",)))
        journal = (tmp_path / "killed" / f"{FILE}-wal").read_bytes()
    assert b"written last" in journal
    (tmp_path / FILE).write_bytes(with_a_damaged_page(good))
    (tmp_path / f"{FILE}-wal").write_bytes(journal)

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert (store.attempts(), bool(store.notice)) == ((), True)

    assert any(b"written last" in path.read_bytes() for path in tmp_path.glob("*.corrupt-*"))


@pytest.mark.parametrize("place", ["/proc/coursekit", "/dev/null/home", "/sys/kernel/coursekit"])
def test_a_home_that_cannot_be_is_a_store_error(place: str):
    with pytest.raises(StoreError, match=f"cannot be kept in {re.escape(place)}: .*--home DIR or .COURSEKIT_HOME"):
        open_store(Path(place), "tiny", NOW)


def test_a_file_for_a_home_is_a_store_error_and_stays(tmp_path: Path):
    (tmp_path / "file").write_text("mine")

    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="cannot be kept in"):
            open_store(home, "tiny", NOW)

    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_where_the_file_should_be_is_a_store_error(tmp_path: Path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(StoreError, match="unable to open database file"):
        open_store(tmp_path, "tiny", NOW)


_OPEN = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from coursekit.model import Attempt
from coursekit.store.store import open_store
home, name, start = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
time.sleep(max(0, start - time.time()))
now = datetime.now(UTC)
store = open_store(home, "tiny", now)
for number in range(20):
    store.add_attempt(Attempt("q", "f", (name,), 1.0, 1.0, False, 0, 0, now, datetime.now(UTC)))
store.close()
print(store.notice or "ok")
"""


@pytest.mark.parametrize("round_", range(2))
def test_several_processes_at_once_begin_a_record_and_write_to_it(tmp_path: Path, round_: int):
    start = str(datetime.now(UTC).timestamp() + 0.7)
    children = [
        subprocess.Popen([sys.executable, "-c", _OPEN, tmp_path, name, start], stdout=subprocess.PIPE, text=True)
        for name in "abcd"
    ]

    said = [child.communicate(timeout=30)[0].strip() for child in children]

    assert said == ["ok"] * 4
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        responses = [kept.response[0] for kept in store.attempts()]
        assert {name: responses.count(name) for name in "abcd"} == dict.fromkeys("abcd", 20)
        assert store.cards()["q"].reviews == 80


def test_opening_waits_for_another_that_is_opening_too(tmp_path: Path):
    filled(tmp_path, 1)
    with closing(sqlite3.connect(tmp_path / FILE, check_same_thread=False)) as other:
        other.execute("pragma journal_mode = delete")  # as a file is before its first opening ends
        other.execute("begin")
        other.execute("select * from attempt").fetchall()
        leaving = threading.Timer(0.3, other.rollback)
        leaving.start()

        with closing(open_store(tmp_path, "tiny", NOW)) as store:
            assert len(store.attempts()) == 1

        leaving.join()


def test_a_record_opened_twice_shows_what_the_other_wrote(tmp_path: Path):
    with closing(open_store(tmp_path, "tiny", NOW)) as one, closing(open_store(tmp_path, "tiny", NOW)) as other:
        one.add_attempt(attempt(1))
        other.add_attempt(attempt(2))

        assert one.attempts() == other.attempts()
        assert one.cards() == other.cards()
        assert one.cards()["q"].reviews == 2
