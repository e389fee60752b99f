"""The real command on a real pseudo-terminal: it starts, it ends, and the terminal is as it was."""

import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from coursekit.course import open_course
from tests.tui.conftest import SLOW_LAB, OpenTerminal, Record, Terminal

pytestmark = pytest.mark.slow

Trainers = Callable[[int], list[int]]

CRASHING = """
import sys
from pathlib import Path
from textual.screen import Screen
from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp

class Broken(Screen):
    def compose(self):
        raise RuntimeError("planted [red]error[/]")

class Crashing(CoursekitApp):
    def get_default_screen(self):
        return Broken() if sys.argv[3] == "at once" else super().get_default_screen()

    def study(self, order, title):
        raise RuntimeError("planted [red]error[/]")

app = Crashing(open_course(Path(sys.argv[1])), Path(sys.argv[2]))
app.run()
sys.exit(app.return_code or 0)
"""


def _is_restored(seen: Terminal) -> bool:
    """Say whether the last word on each mode of the terminal is the one it began with."""
    modes: dict[bytes, bytes] = {}
    for numbers, state in re.findall(rb"\x1b\[\?([\d;]+)([hl])", seen.raw):
        modes |= dict.fromkeys(numbers.split(b";"), state)
    off = (b"1049", b"1000", b"1003", b"1006", b"2004", b"1004")
    return modes[b"1049"] == b"l" and modes[b"25"] == b"h" and all(modes.get(name, b"l") == b"l" for name in off)


@pytest.fixture
def lab_folder(course_folder: Path) -> Path:
    """Return the tiny course, its lab taking most of a minute."""
    (course_folder / "labs" / "bowl" / "lab.md").write_text(SLOW_LAB, encoding="utf-8")
    return course_folder


def _run_a_lab(seen: Terminal) -> None:
    seen.sees("Study now")
    seen.press("l\r")
    seen.sees("Fifty seconds of steps")
    seen.press("\r")
    seen.sees("running")
    seen.until(lambda: re.search(r"step +\d+/5,000", seen.text))


def test_it_starts_and_q_leaves_the_terminal_as_it_was(terminal: OpenTerminal):
    seen = terminal()
    seen.sees("A tiny course", "▸ Study now: 6 new", "q leave")
    assert b"\x1b[?1049h" in seen.raw
    seen.press("q")

    assert seen.wait() == 0
    assert _is_restored(seen)


@pytest.mark.parametrize("key", ["\x11", "?q"], ids=["ctrl+q", "q on the list of keys"])
def test_the_other_ways_to_leave(terminal: OpenTerminal, key: str):
    seen = terminal()
    seen.sees("Study now")
    seen.press(key)

    assert seen.wait() == 0
    assert _is_restored(seen)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal_and_is_told_by_the_status(terminal: OpenTerminal, number: int):
    seen = terminal()
    seen.sees("Study now")
    seen.signal(number)

    assert seen.wait() == 128 + number
    assert _is_restored(seen)
    assert b"Traceback" not in seen.raw


def test_a_text_half_written_outlives_a_signal(terminal: OpenTerminal, home: Path):
    seen = terminal("ask", "why-calm")
    seen.sees("Why a larger batch is calmer", "ctrl+s")
    seen.press("The noise falls, so")
    seen.sees("The noise falls, so")
    seen.signal(signal.SIGTERM)

    assert seen.wait() == 143
    assert Record(home, "tiny").draft("why-calm") == ("The noise falls, so",)


@pytest.mark.parametrize("keys", ["q", "\x1b", " q"], ids=["q", "esc", "q while it is held"])
def test_no_training_process_is_left(terminal: OpenTerminal, lab_folder: Path, trainers: Trainers, keys: str):
    seen = terminal()
    _run_a_lab(seen)
    (trainer,) = trainers(seen.pid)
    seen.press(keys)

    if "q" in keys:
        assert seen.wait() == 0
    seen.until(lambda: not _lives(trainer))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("keys", ["", " "], ids=["running", "held"])
def test_no_training_process_outlives_a_signal(
    terminal: OpenTerminal, lab_folder: Path, trainers: Trainers, number: int, keys: str
):
    seen = terminal()
    _run_a_lab(seen)
    (trainer,) = trainers(seen.pid)
    if keys:
        seen.press(keys)
        seen.sees("paused: space goes on")
    seen.signal(number)

    assert seen.wait() == (143 if number == signal.SIGTERM else -9)
    seen.until(lambda: not _lives(trainer))


def test_a_training_process_that_is_killed_is_told(terminal: OpenTerminal, lab_folder: Path, trainers: Trainers):
    seen = terminal()
    _run_a_lab(seen)
    os.kill(trainers(seen.pid)[0], signal.SIGKILL)
    seen.sees("The training process ended without a result (killed by signal 9).")
    seen.press("q")

    assert seen.wait() == 0


@pytest.mark.parametrize("when", ["at once", "later"])
def test_an_error_of_the_app_is_one_sentence_and_its_traceback_is_in_a_file(
    terminal: OpenTerminal, course_folder: Path, home: Path, when: str
):
    seen = terminal(argv=[sys.executable, "-c", CRASHING, str(course_folder), str(home), when])
    if when == "later":
        seen.sees("Study now")
        seen.press("\r")

    assert seen.wait() not in (0, None)
    assert _is_restored(seen)
    assert b"Traceback" not in seen.raw
    assert b"planted" not in seen.raw
    assert "coursekit met an error of its own" in seen.text
    log = (home / "logs" / "crash.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "RuntimeError: planted [red]error[/]" in log


def test_an_error_of_the_app_is_told_where_no_file_can_be_written(
    terminal: OpenTerminal, course_folder: Path, home: Path
):
    seen = terminal(argv=[sys.executable, "-c", CRASHING, str(course_folder), "/proc/nowhere", "at once"])

    assert seen.wait() not in (0, None)
    assert "Please report how it happened." in " ".join(seen.text.split())


@pytest.mark.parametrize("attempt", range(2))
def test_kill_9_right_after_a_verdict_loses_nothing(terminal: OpenTerminal, home: Path, attempt: int):
    seen = terminal("ask", "pick-one")
    seen.sees("Half of the noise", "? keys")
    seen.press("2\r")
    seen.sees("right")
    seen.signal(signal.SIGKILL)

    assert seen.wait() == -9
    assert [each.response for each in Record(home, "tiny").attempts()] == [("2",)]


def test_kill_9_right_after_a_run_is_scored_loses_nothing(terminal: OpenTerminal, home: Path):
    seen = terminal()
    seen.sees("Study now")
    seen.press("l\r")
    seen.sees("Reach the bottom")
    seen.press("0.4\r")
    seen.sees("3 of 3 points")
    seen.signal(signal.SIGKILL)

    assert seen.wait() == -9
    assert [run.points for run in Record(home, "tiny").runs()] == [3]


def test_text_that_comes_in_one_go_is_submitted_in_full(terminal: OpenTerminal, home: Path):
    text = "The gradient is less noisy, since it is a mean of more terms; a larger step is then as safe. " * 4
    seen = terminal("ask", "why-calm")
    seen.sees("Why a larger batch is calmer", "ctrl+s")
    seen.press(f"{text}\x13")
    seen.sees("Suggested")

    assert [each.response for each in Record(home, "tiny").attempts()] == [(text.strip(),)]


def test_verdicts_are_told_without_colour(terminal: OpenTerminal):
    seen = terminal("ask", "pick-one", NO_COLOR="1")
    seen.sees("Half of the noise", "? keys")
    seen.press("1\r")
    seen.sees("✗ yours", "✓ key", "✗ wrong")
    seen.press("q")

    assert seen.wait() == 0
    colours = set(re.findall(rb"\x1b\[[\d;]*?(?:38|48);2;(\d+);(\d+);(\d+)", seen.raw))
    assert [rgb for rgb in colours if len(set(rgb)) > 1] == []


def test_a_click_on_an_option_picks_it(terminal: OpenTerminal):
    seen = terminal("ask", "pick-one")
    seen.sees("Half of the noise", "3 ○   1/4")
    row = next(n for n, line in enumerate(seen.text.splitlines(), 1) if "3 ○   1/4" in line)
    seen.press(f"\x1b[<0;12;{row}M\x1b[<0;12;{row}m")

    seen.sees("3 ◉   1/4")


def test_a_damaged_record_is_kept_aside_and_told(terminal: OpenTerminal, home: Path):
    (home / "record.sqlite3").write_bytes(b"this is no database" * 500)
    seen = terminal()
    seen.sees("The record was damaged.", "Study now: 6 new")
    seen.press("\r")
    seen.sees("Half of the noise", "? keys")
    seen.press("2\r")
    seen.sees("✓ right")
    seen.press("q")

    assert seen.wait() == 0
    assert [path.read_bytes()[:7] for path in home.glob("record.sqlite3.corrupt-*")] == [b"this is"]
    assert len(Record(home, "tiny").attempts()) == 1


def test_a_first_visit_leaves_nothing_behind(terminal: OpenTerminal, home: Path):
    seen = terminal(is_first=True)
    seen.sees("1 of 3")
    seen.press("q")

    assert seen.wait() == 0
    assert list(home.iterdir()) == []


def test_tensorflow_trains_to_the_end_and_its_noise_goes_to_a_file(terminal: OpenTerminal, home: Path):
    pytest.importorskip("tensorflow", reason="no wheels here")
    seen = terminal()
    seen.sees("Study now")
    seen.press("l\r")
    seen.sees("Reach the bottom")
    seen.press("b0.4\r")
    seen.sees("tensorflow · seed 0", "Starting TensorFlow takes some seconds")
    seen.until(lambda: "3 of 3 points" in seen.text, seconds=90)
    words = ("oneDNN", "cpu_feature_guard", "rebuild TensorFlow", "WARNING")
    assert not [word for word in words if word.encode() in seen.raw]
    seen.press("q")

    assert seen.wait() == 0
    (run,) = Record(home, "tiny").runs()
    assert (run.outcome, run.points, run.config["backend"]) == ("finished", 3, "tensorflow")


def _lives(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_run_drawn_cell_by_cell_looks_as_if_drawn_at_once(terminal: OpenTerminal):
    seen = terminal("--course", str(Path(__file__).parents[2]), size=(100, 30))
    seen.sees("Study now")
    seen.press("l")
    down = open_course(Path(__file__).parents[2]).lab_names().index("learning-rate")
    seen.press("\x1b[B" * down)
    seen.settle()
    seen.press("\r")
    seen.sees("▸ learning rate")
    seen.press("\r")
    seen.sees("•")
    seen.press(" ")  # its end would lay the screen out and so draw all of it
    seen.sees("paused")
    seen.settle()
    piecewise = seen.text
    seen.press("ii")  # to the text and back, which draws all of it too
    seen.settle()

    assert seen.text == piecewise


def test_a_terminal_that_is_closed_ends_the_app_however_the_signals_come(terminal: OpenTerminal):
    ends: list[int] = []
    for number in range(6):  # the kernel says "hang up" and "go on" at once; one in three was left spinning for ever
        seen = terminal(is_first=not number)
        seen.sees("1 of 3" if not number else "Study now")
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, seen._fd)
        os.close(nothing)
        seen._is_open = False
        ends.append(seen.wait())

    assert set(ends) <= {128 + signal.SIGHUP, 120}  # 120: Python could not flush what nobody reads
