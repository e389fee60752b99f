"""What the screen's process loads, seen from outside: training is never done in it."""

import subprocess
import sys
from pathlib import Path

from tests.tui.conftest import Terminal, environment

SCRIPT = """
import asyncio, sys
from pathlib import Path

from tests.tui.conftest import Terminal, environment
from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp

FORBIDDEN = ("numpy", "tensorflow", "keras")

async def until(pilot, condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise TimeoutError("it did not come to this")

def loaded():
    return sorted({name.partition(".")[0] for name in sys.modules} & set(FORBIDDEN))

async def main():
    app = CoursekitApp(open_course(Path(sys.argv[1])), Path(sys.argv[2]))
    async with app.run_test() as pilot:
        app.study(["guess-run"], "Today")
        await pilot.pause()
        await pilot.press("3", "enter", "space")
        await until(pilot, app.store.attempts)
        await pilot.press("escape")
        app.open_lab("bowl", "Labs")
        await pilot.pause()
        await pilot.press("b", "b", "enter")
        await until(pilot, app.store.runs)
        await pilot.press("o", "w")
    print(loaded())

asyncio.run(main())
"""


def test_the_screen_never_loads_an_array_library(shared_course: Path, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(shared_course), str(tmp_path / "home")],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


COLLECTS = """
import gc, sys, threading, time
from coursekit.cli.main import main

def look():
    end = time.monotonic() + 20
    while not gc.isenabled() and time.monotonic() < end:
        time.sleep(0.05)
    open(sys.argv[1], "w").write(f"{gc.isenabled()} {gc.get_freeze_count() > 10_000}")

gc.disable()  # as the command does until its first frame
threading.Thread(target=look).start()
sys.exit(main([]))
"""


def test_garbage_is_collected_after_the_first_frame(home: Path, tmp_path: Path):
    told = tmp_path / "told"
    with Terminal([sys.executable, "-c", COLLECTS, str(told)], environment(home)) as seen:
        seen.sees("1 of 3")
        seen.until(told.exists)
        seen.press("\x11")  # ctrl+q
        assert seen.wait() == 0

    assert told.read_text(encoding="utf-8") == "True True"
