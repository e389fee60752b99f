"""Pictures of screens: each at 80x24, ways to respond and pages of a lab at more sizes, on a course of their own.

`RENEW_GOLDEN=1 python -m pytest tests/tui/test_golden.py` draws them anew: read them then.
"""

import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp
from coursekit.tui.keybar import KeyBar
from tests.tui.conftest import Seat, Sit

GOLDEN = Path(__file__).parent / "golden"
COURSE = GOLDEN / "course"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZES = ((80, 24), (120, 40), (60, 20))
STEPS: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "single": (("fresh", (), "enter submit"), ("verdict", ("3", "enter"), "n next")),
    "many": (("fresh", (), "enter submit"), ("verdict", ("1", "3", "enter"), "n next")),
    "number": (("fresh", (), "Expected"), ("verdict", (*"2.2", "enter"), "n next")),
    "text": (("fresh", (), "Expected"), ("verdict", (*"Heavy ball", "enter"), "n next")),
    "long": (
        ("fresh", (), "Expected"),
        ("suggestion", (*"The noise of the gradient falls, so a larger step is safe.", "ctrl+s"), "enter confirm"),
        ("verdict", ("enter",), "n next"),
    ),
    "gaps": (("fresh", (), "Gap 1 of 3"), ("verdict", (*"mean", "tab", *"0.5", "tab", *"1.8", "enter"), "n next")),
    "order": (
        ("fresh", (), "space picks up"),
        ("held", ("down", "space"), "space puts it down"),
        ("verdict", ("up", "enter", "enter"), "n next"),
    ),
    "match": (
        ("fresh", (), "a letter assigns"),
        ("verdict", ("a", "down", "b", "down", "c", "enter"), "n next"),
    ),
    "program": (("fresh", (), "not graded yet"),),
    "predict": (("fresh", (), "enter submit"),),
}
PAGES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "table": ("plane", (*"0.3", "enter", "wait", "t", "right"), "rate ▲"),
    "way": ("plane", ("v", "wait", "right", "right"), "Step 2 of 20"),
    "strips": ("plane", (*"0.2", "enter", "wait", "p"), "The learning rate stays at 0.2."),
    "compared": ("plane", (*"0.3", "enter", "wait", "c"), "+ run 1"),
    "trials": ("noise", (), "Measured: "),
}
_AT_WAIT = {"enter": "2 of 2 points", "v": "Step 0 of 20"}
_SPEED = re.compile(r" +[\d,]+ steps/s")


async def _home(seat: Seat) -> None:
    await seat.sees("Study now")


async def _question(seat: Seat) -> None:
    await seat.press("enter")
    await seat.sees("Half of the noise")


async def _verdict(seat: Seat) -> None:
    await _question(seat)
    await seat.press("1", "h", "enter")
    await seat.sees("✗ wrong", "n next")


async def _lab(seat: Seat) -> None:
    seat.app.open_lab("bowl", "Labs")
    await seat.sees("Reach the bottom")


@pytest.mark.parametrize("way", [_home, _question, _verdict, _lab], ids=lambda way: way.__name__.strip("_"))
async def test_the_screen_is_as_it_was_drawn(sit: Sit, way: Callable[[Seat], Awaitable[None]]):
    async with sit() as seat:
        await way(seat)

        await _is_as_drawn(seat, GOLDEN / f"{way.__name__.strip('_')}.txt")


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", STEPS)
async def test_each_way_to_respond_is_as_it_was_drawn(
    sit: Sit, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
):
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    async with sit(name, course=open_course(COURSE), size=size) as seat:
        for step, keys, words in STEPS[name]:
            await seat.press(*keys)
            await seat.sees(words)
            await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / f"{name}-{step}.txt")
            assert len(seat.app.screen.query_one(KeyBar)._keys) <= 6


@pytest.mark.parametrize("size", SIZES[:2], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", PAGES)
async def test_each_page_of_a_lab_is_as_it_was_drawn(
    sit: Sit, monkeypatch: pytest.MonkeyPatch, in_utc: None, name: str, size: tuple[int, int]
):
    lab, keys, words = PAGES[name]
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    async with sit(course=open_course(COURSE), size=size) as seat:
        seat.app.open_lab(lab, "Labs")
        await seat.sees("goal")
        await seat.press("enter")
        await seat.sees("0 of ", "g grade")
        for before, key in pairwise(("", *keys)):
            await (seat.sees(_AT_WAIT[before]) if key == "wait" else seat.press(key))
        await seat.sees(words)

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / f"lab-{name}.txt")
        assert len(seat.app.screen.query_one(KeyBar)._keys) <= 6


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have times shown as in Greenwich, wherever this runs."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def _is_as_drawn(seat: Seat, path: Path) -> None:
    if "RENEW_GOLDEN" in os.environ:
        await seat.pilot.pause(1.5)
        path.parent.mkdir(exist_ok=True)
        path.write_text(_drawn(seat), encoding="utf-8")
    wanted = path.read_text(encoding="utf-8")
    await seat.until(lambda: _drawn(seat) == wanted, seconds=2)


def _drawn(seat: Seat) -> str:
    """The screen without what no two runs have in common."""
    return _SPEED.sub("", seat.text) + "\n"
