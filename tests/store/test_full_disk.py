"""A disk that fills: what was said to be saved is there, what is not is said not to be, and the record stays whole."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest

from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Filled = Callable[..., Path]

_FILL = """
import os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
import fsrs
from coursekit.errors import StoreError
from coursekit.model import Attempt
from coursekit.store.backups import back_up
from coursekit.store.store import open_store

home, limit, now = Path(sys.argv[1]), int(sys.argv[2]), datetime.now(UTC)

def attempt(text):
    return Attempt("q", "f", (text,), 1.0, 1.0, False, 0, 0, now, now)

def bounded(most):
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

store = open_store(home, "tiny", now)
bounded(limit)
refused = 0
for number in range(2000):
    try:
        print("saved", store.add_attempt(attempt(os.urandom(1000 + 5 * number).hex())), flush=True)
    except StoreError as error:
        print("refused", error, flush=True)
        refused += 1
    if refused == 3:
        break
bounded(20_000)
try:
    back_up(home, None, now)
    print("copied")
except StoreError as error:
    print("no copy", error)
store.close()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
(home / "ballast").unlink()
store = open_store(home, "tiny", now)
print("saved", store.add_attempt(attempt("there is room again")), store.notice)
"""


def fill(home: Path, limit: int) -> list[list[str]]:
    """Write until nothing more goes in, then once more with room; return what was said, by words."""
    (home / "ballast").write_bytes(bytes(200_000))
    done = subprocess.run(
        [sys.executable, "-c", _FILL, home, str(limit)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split(" ", 2) for line in done.stdout.splitlines()]


def check(home: Path, said: list[list[str]], why: str) -> None:
    refused = [" ".join(words) for words in said if words[0] == "refused"]
    assert len(refused) == 3
    assert all(f"{why}. Your last entry is not saved." in sentence for sentence in refused), refused
    assert [words[:2] for words in said if words[0] in ("no", "copied")] == [["no", "copy"]]
    with closing(open_store(home, "tiny", NOW)) as store:
        kept = [attempt.id for attempt in store.attempts()]
        assert store.cards()["q"].reviews == len(kept)
    assert kept == [int(words[1]) for words in said if words[0] == "saved"]
    assert len(kept) > 5
    assert inspect(home / FILE).problem == ""
    assert not [path for path in (home / "backups").rglob("*") if path.is_file()]


def test_a_file_that_may_not_grow_refuses_an_attempt_and_loses_none(tmp_path: Path):
    said = fill(tmp_path, 300_000)

    check(tmp_path, said, "disk I/O error")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of half a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = which("mount")
    options = ["-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    done = mount and subprocess.run([mount, *options], capture_output=True, check=False)
    if not done or done.returncode:
        pytest.skip("NOT TESTED: a disk that is full. Only an administrator can mount one.")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_refuses_an_attempt_and_loses_none(tiny_disk: Path):
    said = fill(tiny_disk, 0)

    check(tiny_disk, said, "database or disk is full")


def test_a_record_on_a_full_disk_can_be_looked_at(tiny_disk: Path, filled: Filled):
    filled(tiny_disk, 5)
    with suppress(OSError), open(tiny_disk / "ballast", "wb", buffering=0) as ballast:
        while ballast.write(bytes(4096)):
            pass

    with closing(open_store(tiny_disk, "tiny", NOW)) as store:
        assert len(store.attempts()) == 5
        assert "nothing that you do will be kept" in store.notice
    os.truncate(tiny_disk / "ballast", 0)
    with closing(open_store(tiny_disk, "tiny", NOW)) as store:
        assert (store.notice, len(store.attempts())) == ("", 5)
