"""One sitting in a real terminal, killed in the middle and taken up again."""

import signal
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.exam import desk
from coursekit.store.store import open_store
from tests.exam.conftest import EXAM, add_exam
from tests.tui.conftest import OpenTerminal

pytestmark = pytest.mark.slow


def test_a_sitting_in_a_terminal_survives_a_kill(terminal: OpenTerminal, course_folder: Path, home: Path):
    text = EXAM.replace("questions: 4", "questions: 3").replace("  - {kinds: [numeric], count: 1}\n", "")
    add_exam(course_folder, text.replace("pass: 60", "pass: 60\nshuffle: false"))
    seen = terminal("exam", "short")
    seen.sees("enter begins, and the clock starts")
    seen.press("\r")
    seen.sees("1 of 3", "09:5")
    seen.press("2")
    seen.sees("▸1●")
    seen.signal(signal.SIGKILL)
    seen.wait()

    again = terminal("exam", "short")
    again.sees("1 of 3", "▸1●", "2 ◉")
    again.press("\r")
    again.sees("2 of 3")
    again.press("1")
    again.sees("▸2●")
    again.press("2")
    again.sees("2 [x]")
    again.press("n")
    again.sees("3 of 3")
    again.press("2")
    again.sees("▸3●")
    again.press("m")
    again.sees("Every question has a response.")
    again.press("d")
    again.sees("✓ passed · 4 of 4 points", "Nothing was missed.")
    again.press("q")

    assert again.wait() == 0
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        assert [sitting.why for sitting in desk.sat(store)] == ["handed in"]
        assert [attempt.mark for attempt in store.attempts()] == [1, 1, 1]
