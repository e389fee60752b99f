"""Several processes with one record: nobody is locked out, and each sees what the others wrote."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from coursekit.model import Attempt
from coursekit.store.backups import backups
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.schema import MIGRATIONS
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MANY = 200
Make = Callable[..., Attempt]

_WRITE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import fsrs
from coursekit.model import Attempt
from coursekit.store.store import open_store

home, name, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
now = datetime.now(UTC)
store = open_store(home, "tiny", now)
print("ready", flush=True)
sys.stdin.readline()
seen = changes = 0
for number in range(many):
    own = f"{name}-{number % 20}"
    store.add_attempt(Attempt(own, "f", (name,), 1.0, 1.0, False, 0, 0, now, datetime.now(UTC)))
    changes += store.has_changed()
    assert store.attempts(own)[-1].response == (name,)
    if number % 50 == 20:
        store.reschedule()
print("wrote", flush=True)
sys.stdin.readline()
changes += store.has_changed()
print(changes > 0, len(store.attempts()), sum(card.reviews for card in store.cards().values()), store.has_changed())
"""


def test_two_processes_write_at_once_and_each_sees_the_others_attempts(tmp_path: Path):
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITE, tmp_path, name, str(MANY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for word in ("ready", "wrote"):  # each step of one begins when all have made the one before
        for child in children:
            assert child.stdout
            assert child.stdout.readline().strip() == word
        for child in children:
            assert child.stdin
            child.stdin.write("\n")
            child.stdin.flush()

    said = [child.communicate(timeout=60) for child in children]

    assert said == [(f"True {2 * MANY} {2 * MANY} False\n", "")] * 2
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        responses = [kept.response[0] for kept in store.attempts()]
        cards = store.cards()
        assert {name: responses.count(name) for name in "ab"} == {"a": MANY, "b": MANY}
        assert store.reschedule() == 40
        assert store.cards() == cards


def test_a_record_says_whether_somebody_else_has_written(tmp_path: Path, attempt: Make):
    with closing(open_store(tmp_path, "tiny", NOW)) as one, closing(open_store(tmp_path, "tiny", NOW)) as other:
        at_first = one.has_changed()
        one.add_attempt(attempt(1))
        after_own = one.has_changed()
        other.add_attempt(attempt(2))

        assert (at_first, after_own) == (False, False)
        assert (one.has_changed(), one.has_changed()) == (True, False)
        assert (other.has_changed(), other.has_changed()) == (True, False)


_OPEN = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import fsrs
from coursekit.model import Attempt
from coursekit.store.store import open_store

home, start = Path(sys.argv[1]), float(sys.argv[2])
time.sleep(max(0, start - time.time()))
now = datetime.now(UTC)
store = open_store(home, "tiny", now)
store.add_attempt(Attempt("q", "f", ("new",), 1.0, 1.0, False, 0, 0, now, now))
"""


def opened_at_once(home: Path) -> None:
    start = str(datetime.now(UTC).timestamp() + 0.7)
    command = [sys.executable, "-c", _OPEN, home, start]
    children = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [child.communicate(timeout=30)[1] for child in children] == [""] * 4


def test_an_old_record_that_several_open_at_once_is_brought_up_once(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / FILE)) as old:
        for script in MIGRATIONS[:2]:
            old.executescript(script)
        old.execute("pragma user_version = 2")

    opened_at_once(tmp_path)

    assert {inspect(path).version for path in backups(tmp_path)} == {2}
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert store.notice == ""
        assert store.cards()["q"].reviews == 4


def test_a_damaged_record_that_several_open_at_once_is_put_aside_once(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"no record" * 1000)

    opened_at_once(tmp_path)

    assert len(list(tmp_path.glob("*.corrupt-*"))) == 1
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert len(store.attempts()) == 4
