"""`coursekit backup` and `coursekit restore`, as typed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS

Run = Callable[..., Any]


@pytest.fixture
def home(run: Run, shared_course: Path, tmp_path: Path) -> Path:
    """Return a folder with one attempt in its record."""
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path / "home", typed="2\n")
    return tmp_path / "home"


def test_a_record_is_kept_and_brought_back(run: Run, shared_course: Path, home: Path, tmp_path: Path):
    kept = run("backup", "--out", tmp_path / "copy", home=home)
    run("ask", "claim", "--plain", course=shared_course, home=home, typed="2\n")

    back = run("restore", tmp_path / "copy", home=home)

    assert (kept.status, kept.err) == (back.status, back.err) == (0, "")
    assert kept.out == (
        f"1 attempt kept in {tmp_path / 'copy'}\n'coursekit restore {tmp_path / 'copy'}' brings them back.\n"
    )
    (before,) = (home / "backups").iterdir()
    assert back.out == f"1 attempt in {home / FILE}\nThe record before is kept as {before}\n"
    again = run("restore", before, "--json", home=home).records
    assert [(record["attempts"], record["path"]) for record in again] == [(2, str(home / FILE))]


def test_json_says_the_same(run: Run, home: Path):
    (kept,) = run("backup", "--json", home=home).records
    (back,) = run("restore", kept["path"], "--json", home=home).records

    assert tuple(kept) == ("type", "path", "version", "bytes", "attempts")
    assert (kept["version"], kept["attempts"]) == (len(MIGRATIONS), 1)
    assert tuple(back) == ("type", "path", "version", "bytes", "attempts", "kept")
    assert Path(back["kept"]).parent == home / "backups"


def test_a_newer_record_is_refused_with_a_command_that_leads_out(run: Run, shared_course: Path, home: Path):
    (kept,) = run("backup", "--json", home=home).records
    with closing(sqlite3.connect(home / FILE)) as newer:
        newer.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")

    refused = run("ask", "pick-one", "--plain", course=shared_course, home=home)
    back = run("restore", kept["path"], home=home)
    asked = run("ask", "pick-one", "--plain", course=shared_course, home=home, typed="2\n")

    assert refused.status == 2
    assert f"'coursekit restore {kept['path']}' brings it back." in refused.err
    assert (back.status, asked.status, asked.err) == (0, 0, "")


@pytest.mark.parametrize("name", ["nowhere", "/dev/null", "/dev/zero", "/usr", "x" * 5000, "/proc/self/mem"])
def test_what_is_no_copy_is_refused_in_one_line(run: Run, home: Path, name: str):
    before = (home / FILE).read_bytes()

    done = run("restore", name, home=home)

    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert (home / FILE).read_bytes() == before


@pytest.mark.parametrize("name", ["/dev/null", "/usr", "/proc/copy", "x" * 5000])
def test_where_no_copy_can_be_made_is_told_in_one_line(run: Run, home: Path, name: str):
    done = run("backup", "--out", name, home=home)

    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


def test_without_a_record_there_is_nothing_to_keep(run: Run, tmp_path: Path):
    done = run("backup", home=tmp_path / "none")

    assert (done.status, done.out) == (2, "")
    assert "There is no record in" in done.err
    assert not (tmp_path / "none").exists()


def test_doctor_names_the_newest_whole_backup_of_a_damaged_record(run: Run, shared_course: Path, home: Path):
    (kept,) = run("backup", "--json", home=home).records
    good = (home / FILE).read_bytes()
    (home / FILE).write_bytes(good[: len(good) // 2 + 100])

    done = run("doctor", "--json", course=shared_course, home=home)

    checks = {record["name"]: record for record in done.records}
    assert (done.status, checks["record"]["ok"], checks["backups"]["ok"]) == (1, False, True)
    assert "is damaged" in checks["record"]["detail"]
    assert f"'coursekit restore {kept['path']}'" in checks["record"]["detail"]
    assert (home / FILE).exists()
