"""Hostile packs in the app: Home, question, verdict and lab show their texts as text, and nothing in them acts."""

from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from tests.hostile.packs import PACKS
from tests.hostile.reading import ACTING, PILE
from tests.tui.conftest import Seat, Sit, home, sit  # noqa: F401  fixtures

IN_EVERY_TEXT = (
    *("text-csi", "text-title", "text-clipboard", "text-link", "text-dcs", "text-c1", "text-controls", "text-bidi"),
    *("text-invisible", "text-zalgo", "text-wide", "markup", "markup-action-string", "markup-styles", "format-strings"),
)
DEAR = (
    "markdown-brackets-closed",
    "markdown-table-of-1000-columns",
    "formula-bars-display",
    "formula-fractions-display",
)


def _course(name: str, folder: Path) -> Course:
    PACKS[name].write(folder)
    return open_course(folder)


def _is_text(seat: Seat) -> None:
    """Hold the screen to printable characters in styles of our own."""
    for line in seat.lines:
        assert not ACTING.search(line), f"{line!r} acts"
        assert not PILE.search(line), f"{line!r} piles up marks"
    styles = [s.style for strip in seat.app.screen._compositor.render_strips() for s in strip if s.style]
    assert not [style for style in styles if "@click" in style.meta or style.link or style.blink or style.conceal]
    assert seat.app.is_running


@pytest.mark.parametrize("name", IN_EVERY_TEXT)
async def test_a_pack_is_only_text_on_every_screen(sit: Sit, tmp_path: Path, name: str) -> None:  # noqa: F811
    course = _course(name, tmp_path / "course")
    async with sit(course=course, size=(140, 40)) as seat:
        await seat.sees("Course")
        _is_text(seat)

    async with sit("evil", course=course, size=(140, 60)) as seat:
        await seat.press("h")
        await seat.sees("Stem", "Hint")
        _is_text(seat)
        await seat.press("1", "enter")
        await seat.sees("✓ right")
        _is_text(seat)
        await seat.press("l")
        await seat.until(lambda: seat.screen == "LabScreen")
        await seat.sees("Do")
        _is_text(seat)


async def test_a_click_on_markup_does_nothing(sit: Sit, tmp_path: Path) -> None:  # noqa: F811
    course = _course("markup", tmp_path / "course")
    async with sit("evil", course=course, size=(140, 60)) as seat:
        await seat.sees("Stem [@click=app.quit]press[/] [red]red[/] [/] [link=")
        await seat.click("]press[", dx=2)
        await seat.press("1", "enter")
        await seat.sees("Feedback [@click=app.quit]press[/]")
        await seat.click("]press[", dx=2)

        assert seat.app.is_running
        assert seat.app._exit is False


@pytest.mark.parametrize("name", DEAR)
async def test_a_dear_text_is_shown_and_can_be_left(sit: Sit, tmp_path: Path, name: str) -> None:  # noqa: F811
    async with sit("evil", course=_course(name, tmp_path / "course"), size=(80, 24)) as seat:
        await seat.sees("Which")
        _is_text(seat)
        await seat.press("1", "enter")
        await seat.until(lambda: seat.record.attempts("evil"))


@pytest.mark.parametrize("name", ["numeric-escapes-typed", "formula-accents-short-inline", "text-character-references"])
async def test_an_odd_question_is_only_text(sit: Sit, tmp_path: Path, name: str) -> None:  # noqa: F811
    async with sit("evil", course=_course(name, tmp_path / "course"), size=(80, 24)) as seat:
        await seat.sees("Which" if "text" not in name else "[2J")
        _is_text(seat)
