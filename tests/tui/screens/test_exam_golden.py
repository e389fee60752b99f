"""Pictures of the exam's screens at three sizes; `RENEW_GOLDEN=1 python -m pytest` on this file draws them anew."""

import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.exam import desk
from coursekit.exam.folder import load_exam
from coursekit.store.store import open_store
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.exams import ExamsScreen
from tests.exam.conftest import EXAM, add_exam
from tests.tui.conftest import Seat, Sit

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZES = ((80, 24), (120, 40), (60, 20))
STEPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("running", (), "A short test"),
    ("flagged", ("n", "1", "f"), "⚑ flagged"),
    ("review", ("m",), "Before you hand in"),
    ("report", ("d", "d"), "By objective"),
    ("list", ("escape",), "sitting 1"),
    ("start", ("enter",), "enter begin"),
)
_CLOCK = re.compile(r"\b\d\d:\d\d$", re.MULTILINE)


@pytest.fixture
def course(course_folder: Path) -> Course:
    """Return the tiny course with an exam whose questions and options stand as the author has them."""
    return add_exam(course_folder, EXAM.replace("pass: 60", "pass: 60\nshuffle: false"))


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have times shown as in Greenwich, wherever this runs."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_each_screen_of_an_exam_is_as_it_was_drawn(
    sit: Sit, home: Path, course: Course, in_utc: None, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    store = open_store(home, "tiny", NOW)
    desk.begin(course, store, load_exam(course, "short"), 5, NOW)
    store.close()
    async with sit(size=size) as seat:
        seat.app.push_screen(ExamsScreen("short"))
        await seat.sees("1 of 4")
        for name, keys, words in STEPS:
            await seat.press(*keys)
            await seat.sees(words)
            await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / f"exam-{name}.txt")


async def _is_as_drawn(seat: Seat, path: Path) -> None:
    if "RENEW_GOLDEN" in os.environ:
        await seat.pilot.pause(0.3)
        path.write_text(_drawn(seat), encoding="utf-8")
    wanted = path.read_text(encoding="utf-8")
    await seat.until(lambda: _drawn(seat) == wanted, seconds=5)


def _drawn(seat: Seat) -> str:
    """The screen without the seconds that have passed."""
    return _CLOCK.sub("MM:SS", seat.text) + "\n"
