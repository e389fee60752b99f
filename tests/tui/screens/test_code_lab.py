"""A lab of code on the screen: real files in a folder of its own, checked by real processes in real sandboxes."""

import json
import os
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.tui.keybar import KeyBar
from tests.tui.conftest import Seat, Sit

LAB = """\
---
title: Twice
kind: code
entry: twice
checks:
  - {name: doubles, call: twice, cases: numbers, points: 2, public: true, says: It is not twice the number.}
  - {name: doubles more, call: twice, cases: numbers, points: 1, says: It is not twice the number.}
---

Write `twice(x)`.

### Hint

Add it to itself.

### Explanation

Twice a number is the number and itself.
"""
FILES = {
    "lab.md": LAB,
    "starter.py": '"""Twice."""\n\n\ndef twice(x):\n    """Return twice x."""\n    raise NotImplementedError\n',
    "reference.py": '"""Right."""\n\n\ndef twice(x):\n    return 2 * x\n',
    "cases.py": '"""Cases."""\n\n\ndef numbers(seed):\n    return [(float(n + seed % 7 + 1),) for n in range(3)]\n',
    "wrong/squared.py": '"""It is the square, not the double."""\n\n\ndef twice(x):\n    return x * x\n',
}


@pytest.fixture
def twice(course_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Return the tiny course with a lab of code; the app is started in an empty folder."""
    for name, text in FILES.items():
        path = course_folder / "labs" / "twice" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return open_course(course_folder)


async def _open(seat: Seat) -> None:
    seat.app.open_lab("twice", "Labs")
    await seat.sees("Write twice(x).", "doubles")


def _write(body: str) -> None:
    """Save as an editor does: a new file in the place of the old."""
    new = Path("twice.py.new")
    new.write_text(f"def twice(x):\n    {body}\n", encoding="utf-8")
    os.replace(new, "twice.py")


@pytest.mark.slow
async def test_a_starter_is_put_beside_and_every_save_is_checked(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        await _open(seat)
        await seat.sees("Press s to put the starter into", "s start")
        await seat.press("s")
        await seat.sees(
            "!  doubles    2 pt   Not written yet.", "1 hidden not run here", "Write in twice.py with your own"
        )
        assert "case 1" not in seat.text
        _write("return x * x")
        await seat.sees("✗  doubles    2 pt   It is the square, not the double.", "expected", "got")
        assert "Write in twice.py" not in seat.text
        _write("return x + x")

        await seat.sees("✓  doubles    2 pt", "1 of 1 public; 1 hidden not run here. Sandbox: tier")
        await seat.sees("·  1 hidden, 1 pt, are run with the grade, key g")
        assert seat.record.runs() == ()


@pytest.mark.slow
async def test_g_grades_all_checks_and_records_the_grade(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        _write("return 2 * x")
        await _open(seat)
        await seat.press("g")
        await seat.sees("3 of 3 points: 1 of 1 public; 1 of 1 hidden. Sandbox: tier", "best grade 3 of 3 · twice.py")

        (grade,) = seat.app.store.grades("twice")
        assert (grade.points, grade.out_of) == (3, 3)
        assert "return 2 * x" in json.dumps(grade.config)


@pytest.mark.slow
async def test_what_a_submission_prints_or_raises_is_shown_as_text_and_hidden_cases_are_not(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        _write("print('\\x1b[31mred'); raise ValueError('[bold]no[/bold]')")
        await _open(seat)
        await seat.press("g")
        await seat.sees("!  doubles         2 pt", "[bold]no[/bold]", "0 of 3 points: 0 of 1 public; 0 of 1 hidden.")

        assert "\x1b" not in seat.text
        assert seat.text.count("case 1") == 1


@pytest.mark.slow
async def test_leaving_ends_an_endless_submission_and_its_sandboxes(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        _write("\n    while True: pass")
        await _open(seat)
        await seat.sees("Checking …", "x stop")
        await seat.until(lambda: _children("coursekit.sandbox") or _children("twice"))
        await seat.press("escape")

        await seat.until(lambda: not _children("lab watch twice"))
        await seat.until(lambda: not _children("coursekit.sandbox"))


async def test_keys_without_a_file_say_what_to_do(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        await _open(seat)
        await seat.press("g")
        await seat.sees("There is no twice.py yet. Press s to put the starter there.")
        await seat.press("h")
        await seat.sees("Hint 1", "Add it to itself.")
        await seat.press("w")

        assert "The explanation tells a way." in [notice.message for notice in seat.app._notifications][-1]
        assert len(seat.app.screen.query_one(KeyBar)._keys) <= 6


@pytest.mark.slow
async def test_a_grade_stays_until_the_file_is_saved_again(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        _write("return x * x")
        await _open(seat)
        await seat.sees("0 of 1 public; 1 hidden not run here.")
        await seat.press("g")
        await seat.sees("0 of 3 points: 0 of 1 public; 0 of 1 hidden.", "✗  doubles more    1 pt, hidden")
        _write("return 2 * x")
        await seat.sees("1 of 1 public; 1 hidden not run here.", "best grade 0 of 3")
        await seat.press("escape")
        seat.app.open_lab("twice", "Labs")

        await seat.sees("1 of 1 public; 1 hidden not run here.", "best grade 0 of 3")


@pytest.mark.slow
async def test_a_file_that_comes_from_elsewhere_is_found(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        await _open(seat)
        assert "g grade" not in seat.bar
        _write("return 2 * x")

        await seat.sees("1 of 1 public; 1 hidden not run here.", "g grade")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["enter", "g"])
async def test_a_file_that_cannot_be_read_is_told(sit: Sit, twice: Course, key: str):
    Path("twice.py").write_bytes(b"# \xff\n")
    async with sit(course=twice) as seat:
        await _open(seat)
        await seat.press(key)

        await seat.sees("Line 1 of twice.py is not in UTF-8, as Python files are. Save it in UTF-8.")


@pytest.mark.slow
async def test_a_check_that_was_stopped_begins_again_at_the_next_save(sit: Sit, twice: Course):
    async with sit(course=twice) as seat:
        _write("\n    while True: pass")
        await _open(seat)
        await seat.sees("Checking …", "x stop")
        await seat.press("x")
        await seat.sees("Stopped. Save the file, or press enter, to check again.")
        _write("return 2 * x")

        await seat.sees("1 of 1 public; 1 hidden not run here.")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_fails_stands_below_its_check(sit: Sit, twice: Course, size: tuple[int, int]):
    async with sit(course=twice, size=size) as seat:
        _write("return 3 * x")
        await _open(seat)
        await seat.sees("0 of 1 public", "got")

        lines = [line.strip() for line in seat.lines]
        first = next(number for number, line in enumerate(lines) if line.startswith("✗  doubles"))
        shown = " ".join(lines[first + 1 : first + 6]).split()
        assert {"case", "expected", "got"} <= set(shown)
        assert all(len(line) <= size[0] for line in seat.lines)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_nothing_is_wider_than_the_screen(sit: Sit, twice: Course, size: tuple[int, int]):
    async with sit(course=twice, size=size) as seat:
        await _open(seat)

        assert all(len(line) <= size[0] for line in seat.lines)


def _children(words: str) -> list[int]:
    """List the processes in whose command line these words stand."""
    found: list[int] = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        if words.encode() in command and int(pid) != os.getpid():
            found.append(int(pid))
    return found
