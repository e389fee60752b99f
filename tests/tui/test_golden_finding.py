"""Pictures of the search, of a note, of what puts a question aside, and of the settings, at three sizes.

`RENEW_GOLDEN=1 python -m pytest tests/tui/test_golden_finding.py` draws them anew: read them then.
"""

from datetime import UTC, datetime

import pytest

from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp
from tests.tui.conftest import Sit
from tests.tui.test_golden import COURSE, GOLDEN, NOW, SIZES, _is_as_drawn

WAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "search": (("slash",), "enter opens"),
    "found": (("slash", *"varaince"), "found"),
    "nothing": (("slash", *"qqqzzz"), "Nothing is like"),
    "note": (("m", *"Twice the batch."), "saved as you type"),
    "aside": (("p",), "Put aside"),
    "flag": (("p", "5", "enter", "enter"), "Say in a few words"),
    "margin": (("b", "m", *"Twice the batch.", "escape", "3", "enter", "end"), "Twice the batch."),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", WAYS)
async def test_what_stands_over_a_question_is_as_it_was_drawn(
    sit: Sit, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
):
    keys, words = WAYS[name]
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    monkeypatch.setattr(CoursekitApp, "notify", lambda *_, **__: None)  # a notice comes and goes
    async with sit("single", course=open_course(COURSE), size=size) as seat:
        await seat.press(*keys)
        await seat.sees(words)

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / f"finding-{name}.txt")


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_settings_are_as_they_were_drawn(sit: Sit, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]):
    monkeypatch.setattr(CoursekitApp, "now", lambda _: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    async with sit(course=open_course(COURSE), size=size) as seat:
        seat.app.action_settings()
        await seat.sees("day of the exam")
        await seat.press("down", "down")

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / "settings.txt")
