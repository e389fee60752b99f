"""The pages of a lab's screen in a real terminal, and nothing that goes on after it is closed."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from coursekit.course import Course
from tests.tui.conftest import OpenTerminal, Terminal, _status
from tests.tui.lab.conftest import GONE_FAR

pytestmark = pytest.mark.slow


def children(parent: int) -> list[int]:
    """The living processes that a process has begun."""
    found: list[int] = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, its_parent = _status(pid)
        except OSError:
            continue
        if its_parent == parent and state != "Z":
            found.append(int(pid))
    return found


def open_plane(seen: Terminal) -> None:
    seen.sees("Study now")
    seen.press("l")
    for _ in range(20):
        seen.settle(0.2)
        if any("›" in line and "plane" in line for line in seen.text.splitlines()):
            break
        seen.press("\x1b[B")
    seen.press("\r")
    seen.sees("lab plane")


def test_run_table_and_way_in_a_real_terminal(terminal: OpenTerminal, course: Course, home: Path):
    seen = terminal(size=(100, 30))
    open_plane(seen)
    seen.press("\r")
    seen.sees("finished", "0 of 2 points")
    seen.press("t")
    seen.sees("run ▼", "sorted by run", "enter run again")
    seen.press("v")
    seen.sees("Step 0 of 20", "← → step")
    seen.press("\x1b[C")
    seen.sees("Step 1 of 20")
    seen.press("\x1b")
    seen.sees("finished")
    seen.press("q")

    assert seen.wait() == 0


def test_an_export_lands_where_the_app_was_started(terminal: OpenTerminal, course: Course, tmp_path: Path):
    (tmp_path / "work").mkdir()
    command = [sys.executable, "-P", "-m", "coursekit", "--course", str(course.folder)]
    there = f'cd "{tmp_path}/work" && exec "$0" "$@"'
    seen = terminal(argv=["/bin/sh", "-c", there, *command], size=(100, 30))
    open_plane(seen)
    seen.press("\r")
    seen.sees("finished")
    seen.press("t")
    seen.sees("run ▼")
    seen.press("e")
    seen.sees("Write run 1 into this folder as")
    seen.press("3\r")
    seen.sees("plane-run-1.svg")

    assert [path.name for path in (tmp_path / "work").iterdir()] == ["plane-run-1.svg"]


def test_an_app_that_is_killed_leaves_no_way_being_computed(terminal: OpenTerminal, course: Course):
    seen = terminal(size=(100, 30))
    open_plane(seen)
    seen.press("\x1b[B1000000\r")
    seen.until(lambda: GONE_FAR.search(seen.text))
    seen.press("x")
    seen.sees("stopped, not scored")
    seen.press("v")
    seen.sees("Taking the run again")
    seen.until(lambda: children(seen.pid))
    left = children(seen.pid)
    seen.signal(signal.SIGKILL)
    seen.wait()

    end = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() and _status(str(pid))[0] != "Z" for pid in left):
        assert time.monotonic() < end
        time.sleep(0.02)
