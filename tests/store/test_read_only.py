"""A record that cannot be written to can be looked at."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coursekit.errors import StoreError
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ORDINARY = 54321
Filled = Callable[..., Path]

_LOOK = """
import os, sys
import urllib.parse  # as Path.as_uri needs it on Python 3.13, when nothing can be imported any more
from datetime import UTC, datetime
from pathlib import Path
import fsrs
import coursekit.store.backups
from coursekit.errors import StoreError
from coursekit.model import Attempt
from coursekit.store.store import open_store

now, home = datetime.now(UTC), Path(sys.argv[1])
if os.geteuid() == 0:  # what it has imported may lie where an ordinary user cannot read
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
try:
    store = open_store(home, "tiny", now)
    print(store.notice)
    print(len(store.attempts()), store.cards()["q"].reviews)
    store.add_attempt(Attempt("q", "f", ("lost",), 1.0, 1.0, False, 0, 0, now, now))
except StoreError as error:
    print(error)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a folder that an ordinary user may enter."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name) / "home"


def look(home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, home, str(ORDINARY)], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def state(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir()}


def owned(*paths: Path) -> None:
    """Give files to the ordinary user, so that only their mode is in the way."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, ORDINARY, ORDINARY)


@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)])
def test_a_record_that_may_not_be_changed_is_looked_at_and_left_alone(
    home: Path, filled: Filled, folder: int, file: int
):
    record = filled(home, 3)
    owned(home, record)
    record.chmod(file)
    home.chmod(folder)
    before = state(home)

    said = look(home)

    assert said == [
        f"{home} cannot be written to. You can look at your record, and nothing that you do will be kept.",
        "3 3",
        "The record could not be written: attempt to write a readonly database. Your last entry is not saved.",
    ]
    assert state(home) == before
    home.chmod(0o755)


def test_what_is_still_in_the_journal_is_seen_too(home: Path, filled: Filled):
    filled(home.with_name("killed"), 2)
    with closing(open_store(home.with_name("killed"), "tiny", NOW)) as killed:
        killed.add_attempt(killed.attempts()[0])
        shutil.copytree(home.with_name("killed"), home)
    owned(home, *home.iterdir())
    home.chmod(0o555)

    assert look(home)[1] == "3 3"
    home.chmod(0o755)


def test_an_older_record_is_looked_at_too(home: Path, filled: Filled):
    record = filled(home, 2)
    with closing(open_store(home, "tiny", NOW)) as store:
        store._db.execute("delete from card_state")
        store._db.execute("drop table pace") if len(MIGRATIONS) > 4 else None
        store._db.commit()
    owned(home, record)
    home.chmod(0o555)

    assert look(home)[1] == "2 2"
    home.chmod(0o755)


def test_without_a_record_a_folder_that_cannot_be_written_to_is_told(home: Path):
    home.mkdir()
    home.chmod(0o555)

    said = look(home)

    assert len(said) == 1
    assert "cannot be kept in" in said[0]
    assert "--home DIR" in said[0]


_STUDY = """
import io, os, sys
from coursekit.cli.main import main

def study(typed):
    sys.stdin = io.StringIO(typed)
    return main(["ask", "pick-one", "--plain"])

assert study("2\\n") == main(["progress"]) == 0  # loads all that an ordinary user may not be able to read
print("=", flush=True)
os.chmod(os.environ["COURSEKIT_HOME"], 0o555)
if os.geteuid() == 0:
    os.chown(os.environ["COURSEKIT_HOME"], 54321, 54321)
    os.setgroups([])
    os.setgid(54321)
    os.setuid(54321)
print(main(["progress"]), study("2\\n"))
"""


def test_progress_is_shown_and_what_cannot_be_saved_has_no_score(home: Path, write_course: Callable[[Path], Path]):
    home.mkdir()
    course = write_course(home.with_name("course"))

    done = subprocess.run(
        [sys.executable, "-P", "-c", _STUDY],
        env={"LC_ALL": "C.UTF-8", "COURSEKIT_HOME": str(home), "COURSEKIT_COURSE": str(course)},
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    home.chmod(0o755)

    said = done.stdout.partition("=\n")[2]
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert said.endswith("0 2\n")
    assert "1 of 6 tried" in said
    assert "nothing that you do will be kept." in said
    assert "of 1 point ·" not in said
    assert "Your last entry is not saved." in done.stderr


@pytest.fixture
def fixed_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is mounted, to be mounted again as one that cannot be written to."""
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("NOT TESTED: a disk mounted read-only. Only an administrator can mount one.")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_record_on_a_read_only_disk_is_looked_at_by_an_administrator_too(fixed_disk: Path, filled: Filled):
    filled(fixed_disk, 3)
    subprocess.run(["mount", "-o", "remount,ro", str(fixed_disk)], check=True)

    with closing(open_store(fixed_disk, "tiny", NOW)) as store:
        assert (len(store.attempts()), store.cards()["q"].reviews) == (3, 3)
        assert "nothing that you do will be kept" in store.notice
        with pytest.raises(StoreError, match="not saved"):
            store.add_attempt(store.attempts()[0])

    assert [path.name for path in fixed_disk.iterdir()] == [FILE]
