"""The checks of a file never outlive what began them, however that ends: a program of its own begins them here."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tui.conftest import ROOT, environment
from tests.tui.real.watching import marked

BEGIN = """\
import os, signal, time
from coursekit.tui.lab.checking import Checking
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as behind nohup
checking = Checking(("watch", "write-sgd", "write_sgd.py", "--course", {course!r}), None)
"""
STOPPED_AT_ONCE = "checking.stop()\ntime.sleep(1.5)  # it says all that it has to, and waits for the next save"
STOPPED = "time.sleep({seconds})\nchecking.stop()"
KILLED_AT_ONCE = "time.sleep(0.02)\nos.kill(os.getpid(), signal.SIGKILL)"
KILLED = """\
while not any(record["type"] == "watch" for record in checking.take()):
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""
GONE_SECONDS = 5.0


@pytest.mark.slow
@pytest.mark.parametrize("end", [STOPPED_AT_ONCE, STOPPED.format(seconds=0.02), KILLED_AT_ONCE, KILLED])
def test_checks_end_with_the_program_that_began_them(tmp_path: Path, end: str):
    (tmp_path / "write_sgd.py").write_text("def sgd():\n    raise NotImplementedError\n", encoding="utf-8")

    _play(tmp_path, end)

    until = time.monotonic() + GONE_SECONDS
    while left := marked(tmp_path):
        assert time.monotonic() < until, left


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.7])
def test_checks_that_are_stopped_leave_no_folder_of_a_sandbox(tmp_path: Path, seconds: float):
    (tmp_path / "write_sgd.py").write_text("def sgd():\n    raise NotImplementedError\n", encoding="utf-8")

    _play(tmp_path, STOPPED.format(seconds=seconds))

    assert list(tmp_path.glob("coursekit-sandbox-*")) == []


def _play(folder: Path, end: str) -> None:
    """Run the program in a folder, which is also the place for what is temporary."""
    env = environment(folder) | {"PYTHONPATH": os.environ.get("PYTHONPATH") or str(ROOT), "TMPDIR": str(folder)}
    program = f"{BEGIN.format(course=str(ROOT))}{end}"
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=env, timeout=20, check=False)
