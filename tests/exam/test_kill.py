"""Real processes: a kill loses nothing that was shown, a sitting is resumed with its clock, two see each other."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coursekit.course import Course
from coursekit.exam import desk
from coursekit.exam.sitting import Sitting
from coursekit.store.store import Store, open_store
from tests.exam.conftest import EXAM, add_exam

pytestmark = pytest.mark.slow
ROUNDS = 8

_SIT = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from coursekit.course import open_course
from coursekit.exam import desk
from coursekit.exam.folder import load_exam
from coursekit.store.store import open_store

course = open_course(Path(sys.argv[1]))
store = open_store(Path(sys.argv[2]), course.id, datetime.now(UTC))
chance = Random(int(sys.argv[3]))
sitting = desk.begin(course, store, load_exam(course, "short"), 1, datetime.now(UTC))
print("begun", sitting.id, flush=True)
for number in count():
    place, given = chance.randrange(4), str(chance.randrange(1, 3))
    sitting = desk.respond(store, sitting, place, (given,), datetime.now(UTC))
    print("kept", place, sitting.responses[place][0], flush=True)
"""
_END = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coursekit.course import open_course
from coursekit.exam import desk
from coursekit.store.store import open_store

course = open_course(Path(sys.argv[1]))
store = open_store(Path(sys.argv[2]), course.id, datetime.now(UTC))
(sitting,) = desk.going_on(store)
print("ready", flush=True)
sys.stdin.readline()
desk.hand_in(course, store, sitting, datetime.now(UTC))
print("over", flush=True)
"""


def _killed(seconds: float, seed: int, course: Course, home: Path) -> list[list[str]]:
    """Sit in another process, kill it so many seconds after its first line, and return what it had shown."""
    import threading

    command = [sys.executable, "-c", _SIT, str(course.folder), str(home), str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    first = child.stdout.readline()
    timer = threading.Timer(seconds, child.send_signal, [signal.SIGKILL])
    timer.start()
    rest = child.stdout.read()
    timer.join()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def _only_sitting(home: Path) -> Sitting:
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        assert store.notice == ""
        (sitting,) = desk.sat(store)
    return sitting


def test_no_response_that_was_shown_as_kept_is_lost_and_the_sitting_goes_on(examined: Course, tmp_path: Path):
    home, chance, shown, begun = tmp_path / "home", Random(3), dict[int, str](), set[datetime]()
    for seed in range(ROUNDS):
        lines = _killed(chance.uniform(0, 0.1), seed, examined, home)
        shown |= {int(place): given for what, place, *rest in lines if what == "kept" for given in rest}
        last = [int(line[1]) for line in lines if line[0] == "kept"][-1:]
        sitting = _only_sitting(home)
        begun.add(sitting.begun)

        unsure = 1  # the one that was written when the kill came, and not shown yet
        lost = [place for place, given in shown.items() if sitting.responses[place] != (given,)]
        assert len(lost) <= unsure, (lost, last)
        assert all(sitting.responses[place] for place in shown)
        shown = {place: response[0] for place, response in enumerate(sitting.responses) if response}

    assert len(begun) == 1
    assert shown


def _end_at_once(course: Course, home: Path, many: int) -> None:
    """Have several processes hand the same sitting in at the same time."""
    command = [sys.executable, "-c", _END, str(course.folder), str(home)]
    children = [
        subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(many)
    ]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        assert child.communicate()[0] == "over\n"
        assert child.returncode == 0


def test_of_processes_that_hand_in_at_once_one_saves_the_attempts(
    examined: Course, tmp_path: Path, open_record: Callable[[], Store]
):
    _killed(0.1, 1, examined, tmp_path / "home")
    given = [response for response in _only_sitting(tmp_path / "home").responses if response]
    _end_at_once(examined, tmp_path / "home", 3)

    attempts = open_record().attempts()
    assert len(attempts) == len(given)
    assert {attempt.purpose for attempt in attempts} == {"exam"}


@pytest.fixture
def plain(course_folder: Path, tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Return what starts `coursekit exam --plain` with an exam of so long."""
    children: list[subprocess.Popen[str]] = []

    def start(minutes: str) -> subprocess.Popen[str]:
        add_exam(course_folder, EXAM.replace("minutes: 10", f"minutes: {minutes}"))
        command = [
            sys.executable,
            "-P",
            "-m",
            "coursekit",
            "--course",
            str(course_folder),
            "--home",
            str(tmp_path / "h"),
        ]
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        command += ["exam", "short", "--plain"]
        child = subprocess.Popen(command, text=True, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()


def test_a_killed_command_takes_up_where_it_was(plain: Callable[[str], subprocess.Popen[str]], tmp_path: Path):
    child = plain("10")
    assert child.stdin
    assert child.stdout
    child.stdin.write("\nn\nf\n")
    child.stdin.flush()
    next(line for line in child.stdout if "Flagged" in line)
    child.kill()
    child.wait()
    again, _ = plain("10").communicate("q\n", timeout=60)

    assert "This sitting goes on; the clock went on meanwhile." in again
    assert "Question 2 of 4" in again
    assert "⚑ flagged" in again


def test_the_command_hands_in_by_itself_while_it_waits_for_a_line(
    plain: Callable[[str], subprocess.Popen[str]], tmp_path: Path
):
    child = plain("0.02")
    assert child.stdin
    assert child.stdout
    child.stdin.write("\n")
    child.stdin.flush()

    assert any("The time is up. What is there is handed in." in line for line in child.stdout)
    assert child.wait() == 0
    with closing(open_store(tmp_path / "h", "tiny", datetime.now(UTC))) as store:
        assert [sitting.why for sitting in desk.sat(store)] == ["time"]
