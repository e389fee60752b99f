"""Kill -9 at any moment loses nothing that was shown as saved."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coursekit.store.place import FILE
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ROUNDS = 15

_SUBMIT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coursekit.course import open_course
from coursekit.session import confirm, score_line, submit
from coursekit.store.store import open_store

course = open_course(Path(sys.argv[1]))
store = open_store(Path(sys.argv[2]), course.id, datetime.now(UTC))
question, free = course.question("pick-one"), course.question("why-calm")
while True:
    now = datetime.now(UTC)
    done = submit(store, question, ("2",), started=now, now=now, hints=0)
    print(f"attempt {done.attempt.id} {score_line(done, now)}", flush=True)
    done = submit(store, free, ("The noise is less",), started=now, now=now, hints=0)
    done = confirm(store, done, (True, True), now)
    print(f"confirmed {done.attempt.id} {score_line(done, now)}", flush=True)
"""


def killed_after(seconds: float, command: list[str | Path]) -> list[str]:
    """Run a process, kill it so many seconds after its first line, and return all whole lines it got out."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    first = child.stdout.readline()
    timer = threading.Timer(seconds, child.send_signal, [signal.SIGKILL])
    timer.start()
    rest = child.stdout.read()  # as it comes, so that the child never waits for a full pipe
    timer.join()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture(scope="module")
def rounds(shared_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Kill a submitting process at random instants; its home, and what it had shown."""
    home, chance, shown = tmp_path_factory.mktemp("killed"), Random(5), list[str]()
    for _ in range(ROUNDS):
        shown += killed_after(chance.uniform(0, 0.06), [sys.executable, "-c", _SUBMIT, shared_course, home])
        with closing(sqlite3.connect(home / FILE)) as database:
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    return home, shown


@pytest.mark.slow
def test_every_score_that_was_shown_is_in_the_record(rounds: tuple[Path, list[str]]):
    home, shown = rounds

    with closing(open_store(home, "tiny", NOW)) as store:
        kept = {attempt.id: attempt for attempt in store.attempts()}
        assert store.notice == ""

    assert sum(line.startswith("attempt") for line in shown) >= ROUNDS
    for line in shown:
        word, number, *_ = line.split(" ")
        assert kept[int(number)].mark == 1.0, line
        assert not kept[int(number)].is_suggestion, line
        assert kept[int(number)].question == ("pick-one" if word == "attempt" else "why-calm")


@pytest.mark.slow
def test_after_kills_the_cards_still_equal_the_attempts(rounds: tuple[Path, list[str]]):
    home, _ = rounds
    with closing(open_store(home, "tiny", NOW)) as store:
        cards = store.cards()
        counts = {name: sum(not attempt.is_suggestion for attempt in store.attempts(name)) for name in cards}

    with closing(sqlite3.connect(home / FILE)) as database:
        database.execute("delete from card")
        database.commit()

    with closing(open_store(home, "tiny", NOW)) as store:
        assert {name: card.reviews for name, card in cards.items()} == counts
        assert store.reschedule() == len(cards)
        assert store.cards() == cards


_REMOVE = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from coursekit.store.labs import LabRun
from coursekit.store.store import open_store

now = datetime.now(UTC)
store = open_store(Path(sys.argv[1]), "tiny", now)
for _ in count():
    run = store.add_run(LabRun("bowl", {}, {}, "finished", (), 1.0, 3.0, 10, now))
    store.remove_run(run, now)
    print(f"removed {run}", flush=True)
    if run % 2:
        store.restore_run(run)
        print(f"restored {run}", flush=True)
"""


@pytest.mark.slow
def test_every_run_that_was_said_to_be_removed_or_restored_is(tmp_path: Path):
    chance, said = Random(6), dict[int, str]()
    for _ in range(ROUNDS):
        for line in killed_after(chance.uniform(0, 0.06), [sys.executable, "-c", _REMOVE, tmp_path]):
            word, number = line.split()
            said[int(number)] = word

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        kept = {run.id: run for run in store.runs(with_removed=True)}
        assert store.notice == ""

    assert len(said) >= ROUNDS
    for number, word in said.items():
        may_have_gone_on = word == "removed" and number % 2  # it was killed before it could say so
        assert may_have_gone_on or bool(kept[number].removed) == (word == "removed"), number


@pytest.mark.slow
def test_the_command_killed_when_it_shows_the_score_has_saved_it(shared_course: Path, tmp_path: Path):
    command = [sys.executable, "-P", "-m", "coursekit", "--course", shared_course, "--home", tmp_path]
    for count in range(1, 6):
        child = subprocess.Popen(
            [*command, "ask", "pick-one", "claim", "--plain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert child.stdin
        assert child.stdout
        child.stdin.write("2\n")
        child.stdin.flush()
        score = next(line for line in child.stdout if " of 1 point" in line)
        child.kill()
        child.wait()
        child.stdout.close()
        child.stdin.close()

        with closing(open_store(tmp_path, "tiny", NOW)) as store:
            assert score.startswith("1 of 1 point")
            assert [attempt.mark for attempt in store.attempts()] == [1.0] * count
