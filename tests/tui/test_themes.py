"""Contrast of every text that screens draw, in each theme, by WCAG's formula; and no colour where none is wanted."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.color_triplet import ColorTriplet

from coursekit.course import Course
from coursekit.store.store import open_store
from coursekit.tui.themes import dress
from tests.tui.conftest import OpenTerminal, Seat, Sit

LEAST = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_COLOUR = re.compile(rb"\x1b\[([\d;:]*)m")


def luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def texts(seat: Seat) -> Iterator[tuple[str, float]]:
    """Yield each piece of text on the screen with its contrast."""
    for strip in seat.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if any(map(str.isalnum, text)) and style and style.color and style.bgcolor:
                text_colour, ground = style.color.triplet, style.bgcolor.triplet
                assert text_colour
                assert ground
                yield text, contrast(text_colour, ground)


async def screens(seat: Seat) -> list[tuple[str, float]]:
    """Go through the screens and return all their texts."""
    seen: list[tuple[str, float]] = []

    async def look(*words: str) -> None:
        await seat.sees(*words)
        seen.extend(texts(seat))

    await look("Labs")
    await seat.press("slash")
    await seat.write("step")
    await look("found")
    await seat.press("escape")
    seat.app.action_settings()
    await look("day of the exam")
    await seat.press("enter")
    await look("Day of the exam")
    await seat.press("escape", "escape")
    for name, keys in (("pick-one", ("1", "h", "enter")), ("claim", ("1", "enter"))):
        seat.app.study((name,), "Today")
        await look("submit")
        await seat.press(*keys)
        await look("n next")
        await seat.press("p")
        await look("Put aside")
        await seat.press("escape", "m")
        await look("Note on")
        await seat.press("escape", "question_mark")
        await look("Keys on this screen")
        await seat.press("escape", "escape")
    seat.app.study(("why-calm",), "Today")
    await look("Expected")
    seat.app.open_lab("bowl", "Labs")
    await look("Reach the bottom")
    await seat.press("enter")
    await look("points")
    await seat.until(lambda: seat.record.runs())
    await seat.press("t")
    await look("rate")
    await seat.press("escape", "slash")
    await look("esc closes")
    return seen


def test_the_formula_gives_what_is_published():
    white, black, grey = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0), ColorTriplet(0x77, 0x77, 0x77)

    assert contrast(white, black) == 21
    assert round(contrast(grey, white), 2) == 4.48  # one of the best known near misses


@pytest.mark.parametrize("theme", LEAST)
async def test_every_text_can_be_read_against_its_ground(sit: Sit, theme: str):
    async with sit(size=(100, 40)) as seat:
        dress(seat.app, theme, None)
        await seat.pilot.pause()
        seen = await screens(seat)

        assert len(seen) > 300
        assert {text.strip(): round(ratio, 2) for text, ratio in seen if ratio < LEAST[theme]} == {}


async def test_an_unknown_theme_is_the_first_one(sit: Sit):
    async with sit() as seat:
        dress(seat.app, "light", None)
        dress(seat.app, "of a later coursekit", None)

        assert seat.app.theme == "textual-dark"


def test_themes_are_not_loaded_by_who_has_chosen_none(tmp_path: Path, shared_course: Path):
    script = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from coursekit.course import open_course; from coursekit.store.store import open_store\n"
        "from coursekit.tui.app import CoursekitApp\n"
        "course, home = open_course(Path(sys.argv[1])), Path(sys.argv[2])\n"
        "CoursekitApp(course, home, store=open_store(home, course.id, datetime.now(UTC)))\n"
        "print('coursekit.tui.themes' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(shared_course), str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"


def colours(raw: bytes) -> set[str]:
    """Return the numbers of all codes that set a colour; 39 and 49 take one away."""
    found: set[str] = set()
    for numbers in _COLOUR.findall(raw):
        for number in re.split(rb"[;:]", numbers):
            if number.isdigit() and (30 <= int(number) <= 38 or 40 <= int(number) <= 48 or 90 <= int(number) <= 107):
                found.add(number.decode())
    return found


@pytest.mark.slow
def test_no_colour_is_written_where_none_is_wanted(terminal: OpenTerminal):
    seen = terminal("ask", "pick-one", "claim", NO_COLOR="1")
    seen.sees("Half of the noise")
    seen.press("1\r")
    seen.sees("✗ wrong")
    seen.press("/")
    seen.sees("enter opens")
    seen.press("\x1b")
    seen.settle()
    seen.press("m")
    seen.sees("Note on")
    seen.press("\x1b")
    seen.settle()
    seen.press("q")
    seen.wait()

    assert colours(seen.raw) == set()
    assert b"\x1b[1" in seen.raw  # bold stays


@pytest.mark.slow
def test_colours_are_written_where_nothing_forbids_them(terminal: OpenTerminal):
    seen = terminal("ask", "pick-one")
    seen.sees("Half of the noise")

    assert "38" in colours(seen.raw)


@pytest.mark.slow
def test_a_chosen_theme_is_there_in_the_first_frame(terminal: OpenTerminal, home: Path, course: Course):
    with closing(open_store(home, course.id, NOW)) as store:
        store.settings.set("theme", "contrast", for_all=True)
    seen = terminal(COLORTERM="truecolor")
    seen.sees("q leave")
    seen.settle()

    assert b"48;2;0;0;0" in seen.raw
    assert b"48;2;18;18;18" not in seen.raw  # the dark one's ground
