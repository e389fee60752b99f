"""CPU milliseconds of one refresh of each picture of the lab's screen, in the real app under a pty. The mark is 12.

    python tests/benchmarks/lab_screen.py [ROUNDS] [--profile WORDS]

A refresh is everything from what comes to what the terminal is sent: points that came from a run (a hundredth of it), a
key in the landscape or the table, trials of a measurement. The time is all of the process's; that of an app at rest is
taken off. The reference is a line changed in an empty Static of the picture's size, in turn with the others.
With --profile, what the rows with these words in their names cost is told by function.
"""

import asyncio
import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable
from cProfile import Profile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import StringIO
from math import cos, exp, pi
from pathlib import Path
from pstats import Stats
from random import Random
from statistics import median
from time import process_time
from typing import Any, final

from terminal import Terminal
from textual.app import ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from coursekit.course import open_course
from coursekit.lab.point import Point
from coursekit.lab.report import Trial
from coursekit.tui.app import CoursekitApp
from coursekit.tui.lab.trials_view import TrialsView
from coursekit.tui.lab.way_page import WayPage

ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40))
MARK = 12
REFRESHES = 6
SECONDS = 0.06  # a frame or two, and the writing
STATIC, REST = "an empty Static of that size", "nothing"


def main() -> None:
    """Print medians at both sizes."""
    rounds = next((word for word in sys.argv[1:] if word.isdigit()), "5")
    profiled = sys.argv[sys.argv.index("--profile") + 1] if "--profile" in sys.argv else ""
    os.environ["TEXTUAL_FPS"] = "120"  # as the command sets it
    small, large = (_told(size, rounds, profiled) for size in SIZES)
    print(f"{'':<46}" + "".join(f"{f'{width} x {height}':>10}" for width, height in SIZES) + f"   mark {MARK}")
    for name in small:
        times = [median(told[name]) - (median(told[REST]) if name != REST else 0) for told in (small, large)]
        over = "   over" if max(times) > MARK else ""
        print(f"{name:<46}" + "".join(f"{time:>10.1f}" for time in times) + over)


def _told(size: tuple[int, int], rounds: str, profiled: str) -> dict[str, list[float]]:
    """Have an app of this size measured, and return what each case took."""
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "told"
        with Terminal([sys.executable, __file__, "--child", home, rounds, profiled], *size) as terminal:
            terminal.drain(limit=900)
            if not out.exists():
                raise SystemExit(terminal.text())
        told = json.loads(out.read_text(encoding="utf-8"))
    if told["profile"]:
        print(f"{size[0]} x {size[1]}\n{told['profile']}")
    return told["times"]


# In the child.


@final
@dataclass
class Fed:
    """In the place of a run: what has come from it is put here."""

    news: list[Point] = field(default_factory=list[Point])
    is_paused: bool = False

    def take(self) -> list[Point]:
        """Hand it over."""
        news, self.news = self.news, []
        return news

    def stop(self) -> None:
        """Do nothing: there is no process."""


@final
class StaticScreen(Screen[None]):
    """The reference."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._width, self._height = width, height

    def compose(self) -> ComposeResult:
        """Lay it out."""
        static = Static("0", markup=False)
        static.styles.width, static.styles.height = self._width, self._height
        yield static


@final
class Bench:
    """The cases, and what each refresh of them took, in ms."""

    def __init__(self, app: CoursekitApp, screen: Any, profiled: str) -> None:
        self.app, self.screen, self.page = app, screen, screen.query_one("RunPage")
        self.times: dict[str, list[float]] = {}
        self.profile = Profile()
        self._profiled = profiled

    async def once(self) -> None:
        """Go through all cases."""
        await self._static()
        await self._measured(REST, lambda _: None)
        for count in (300, 3_000, 10_000):
            await self._curve(f"curve, {count:,} points", count)
            await self._curve(f"curve, {count:,} points, smooth, 3 runs behind", count, is_smooth=True)
            await self._curve(f"curve, {count:,} points, strips", count, has_strips=True)
        await self._way()
        await self._table()
        for count in (20, 200):
            await self._trials(count)

    async def _measured(self, name: str, refresh: Callable[[int], object], times: int = REFRESHES) -> None:
        await asyncio.sleep(SECONDS * 3)
        is_profiled = self._profiled and self._profiled in name
        for number in range(times):
            before = process_time()
            if is_profiled:
                self.profile.enable()
            refresh(number)
            await asyncio.sleep(SECONDS)
            self.profile.disable()
            self.times.setdefault(name, []).append((process_time() - before) * 1000)

    async def _static(self) -> None:
        picture = self.page.query_one("#picture").size
        await self.app.push_screen(StaticScreen(picture.width - 26, picture.height))
        static = self.app.screen.query_one(Static)
        await self._measured(STATIC, lambda number: static.update(f"{number}", layout=False))
        await self.app.pop_screen()

    async def _curve(self, name: str, count: int, *, is_smooth: bool = False, has_strips: bool = False) -> None:
        screen, page, fed = self.screen, self.page, Fed()
        curve, points = page.curve, _points(count)
        many, few = count - REFRESHES * (count // 100), count // 100
        line = tuple((p.step, p.validation_loss) for p in points if p.validation_loss is not None)
        page.begin(count)
        curve.is_smooth = is_smooth
        curve.compare([(f"run {n}", tuple((x, y * n) for x, y in line)) for n in (1, 2, 3)] if is_smooth else [])
        if has_strips:
            page.toggle_strips()
        screen._steps, screen._points, screen._training, screen._report = count, points[:many], fed, None
        page.add(points[:many], [])
        screen._show()

        def refresh(number: int) -> None:
            fed.news = points[many + number * few : many + (number + 1) * few]
            screen._look()

        await self._measured(name, refresh)
        screen._training = None
        if has_strips:
            page.toggle_strips()

    async def _way(self) -> None:
        self._press("v")
        await asyncio.sleep(0.5)
        while self.screen.query_one(WayPage)._journey is None:
            await asyncio.sleep(0.1)
        self._press("home")
        await self._measured("landscape, a step on", lambda _: self._press("right"))
        await self._measured("landscape, a step back", lambda _: self._press("left"))
        self._press("v")

    async def _table(self) -> None:
        await self._measured("table of 200 runs, opening", lambda _: self._press("t"), times=1)
        await self._measured("table of 200 runs, a sort", lambda _: self._press("right"))
        await self._measured("table of 200 runs, a row down", lambda _: self._press("down"))
        await self._measured("table of 200 runs, closing", lambda _: self._press("t"), times=1)

    async def _trials(self, count: int) -> None:
        self.app.open_lab("gradient-noise", "Labs")
        await asyncio.sleep(0.5)
        self._press("i")
        view = self.app.screen.query_one(TrialsView)
        view.add([_trial(number) for number in range(count)])
        await self._measured(f"trials table, {count} trials", lambda number: view.add([_trial(count + number)]))
        await self.app.pop_screen()

    def _press(self, name: str) -> None:
        self.app.post_message(Key(name, name if len(name) == 1 else None))


def _points(count: int) -> list[Point]:
    chance = Random(1)

    def point(step: int) -> Point:
        loss = 2.3 * exp(-6 * step / count) + 0.1
        rate = 0.05 * (1 + cos(step / count * pi))
        noisy = loss * chance.uniform(0.7, 1.4)
        return Point(step, noisy, None if step % 10 else loss, rate, step * 32, 3 * noisy, step / 1000)

    return [point(step) for step in range(1, count + 1)]


def _trial(number: int) -> Trial:
    cells = {"batch": number, "noise": 1 / (number + 1), "length": 0.25 * number, "angle": number % 90, "kind": "drawn"}
    return Trial(number + 1, cells)


async def _record_runs(app: CoursekitApp, screen: Any) -> None:
    """Make a run, and put 200 like it on record."""
    screen.action_run()
    while screen._training:
        await asyncio.sleep(0.1)
    run = screen._desk.runs[-1]
    for number in range(200 - len(screen._desk.runs)):
        rate = round(0.01 * (number + 1), 2)
        app.store.add_run(replace(run, settings={**run.settings, "learning_rate": rate}, at=datetime.now(UTC)))
    screen._desk.read()


async def _drive(app: CoursekitApp, rounds: int, profiled: str) -> None:
    while not app.screen_stack or not app.screen.is_mounted:
        await asyncio.sleep(0.1)
    app.open_lab("learning-rate", "Labs")
    await asyncio.sleep(1)
    screen: Any = app.screen
    await _record_runs(app, screen)
    bench = Bench(app, screen, profiled)
    for number in range(rounds + 1):
        if number == 1:  # the first loads what all need
            bench.times.clear()
            bench.profile = Profile()
        await bench.once()
    told = {"times": bench.times, "profile": _lines(bench.profile) if profiled else ""}
    (app.home / "told").write_text(json.dumps(told), encoding="utf-8")
    app.exit()


def _lines(profile: Profile) -> str:
    text = StringIO()
    Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(28)
    return text.getvalue()


async def _child(home: str, rounds: str, profiled: str) -> None:
    app = CoursekitApp(open_course(ROOT), Path(home))
    gc.freeze()  # as the command does
    with app._context():
        drive = asyncio.create_task(_drive(app, int(rounds), profiled))
        drive.add_done_callback(lambda _: app.exit())
        await app.run_async()
    if app._exception:
        raise app._exception
    await drive


if __name__ == "__main__":
    asyncio.run(_child(*sys.argv[2:])) if sys.argv[1:2] == ["--child"] else main()
