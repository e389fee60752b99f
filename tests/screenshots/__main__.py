"""Make the pictures of the README: `python -m tests.screenshots [NAME ...]`. Real keys, real runs, real checks.

Only the months of study behind the statistics are made up.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.lab import LabScreen
from coursekit.tui.screens.question import DONE, QuestionScreen
from tests.benchmarks.year import make_record

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SIZE = (96, 30)


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Wait for the app to come to a state, a minute at most."""
    for _ in range(600):
        if condition():
            await pilot.pause(0.2)
            return
        await pilot.pause(0.1)
    raise TimeoutError("The app did not come to the state that the picture shows.")


async def home(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show Home after three questions and two labs."""
    for name, keys in (("batch-size-static", "2"), ("sgd-adagrad-cost", "2"), ("adagrad-rare-features", "1")):
        app.study((name,), "Today")
        await pilot.pause()
        await pilot.press(keys, "enter", "escape", "escape")
        await pilot.pause()
    await _run(app, pilot, "learning-rate", "0.5")
    await pilot.press("escape")
    await pilot.pause()


async def question(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show the verdict on a wrong pick, with its feedback."""
    app.study(("sgd-adagrad-cost", "adagrad-rare-features"), "Today")
    await pilot.pause()
    await pilot.press("1", "enter")
    await pilot.pause(0.3)
    await pilot.press("n")
    await pilot.pause(0.3)
    await pilot.press("3", "enter")
    await pilot.pause(0.3)


async def predict(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show a prediction that its run has decided."""
    app.study(("predict-rate-11",), "Today")
    await pilot.pause()
    await pilot.press("3", "enter")
    screen = app.screen
    assert isinstance(screen, QuestionScreen)
    await until(pilot, lambda: screen.phase == DONE)


async def lab(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show a lab whose goal was missed first and then met."""
    await _run(app, pilot, "learning-rate", "0.03")
    await pilot.press("escape")
    await pilot.pause()
    await _run(app, pilot, "learning-rate", "0.5")


async def way(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show the way of a run off a saddle, where its batch and the full data disagree."""
    app.open_lab("saddle", "Labs")
    await pilot.pause()
    await pilot.press("left", "left", "enter")
    await until(pilot, lambda: bool(app.store.runs("saddle")))
    await pilot.press("v")
    await until(pilot, lambda: bool(app.screen.query("WayPage")) and "Step 0" in str(_static(app, "#place")))
    await pilot.press(*["right"] * 12)


async def code(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show a lab of code whose file sums the gradient where it should take the mean."""
    shutil.copy(ROOT / "labs" / "write-sgd" / "wrong" / "sum_not_mean.py", "write_sgd.py")
    app.open_lab("write-sgd", "Labs")
    await until(pilot, lambda: "not the mean" in _text(app))


async def statistics(app: CoursekitApp, pilot: Pilot[Any]) -> None:
    """Show what a learner of some months would recall now."""
    make_record(app.home, app.course, attempts=900, days=60)
    await pilot.press("s")
    await until(pilot, lambda: "%" in _text(app))


def _text(app: CoursekitApp) -> str:
    return "\n".join(str(each.content) for each in app.screen.query(Static))


def _static(app: CoursekitApp, name: str) -> object:
    return app.screen.query_one(name, Static).content


async def _run(app: CoursekitApp, pilot: Pilot[Any], name: str, rate: str) -> None:
    app.open_lab(name, "Labs")
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, LabScreen)
    before = len(app.store.runs(name))
    await pilot.press(*(("full_stop" if c == "." else c) for c in rate), "enter", "enter")
    await until(pilot, lambda: len(app.store.runs(name)) > before)


async def shoot(scene: Callable[[CoursekitApp, Pilot[Any]], Awaitable[None]]) -> None:
    """Play one scene in an app and a folder of its own and save what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        app = CoursekitApp(open_course(ROOT), Path(folder) / "home")
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await scene(app, pilot)
            (HERE / f"{scene.__name__}.svg").write_text(app.export_screenshot(title="coursekit"), encoding="utf-8")
        os.chdir(ROOT)


if __name__ == "__main__":
    for each in (home, question, predict, lab, way, code, statistics):
        if each.__name__ in sys.argv[1:] or not sys.argv[1:]:
            asyncio.run(shoot(each))
