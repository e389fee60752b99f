"""Every screen at every size that people have: nothing breaks, and what is needed to go on can be seen."""

from pathlib import Path

import pytest

from coursekit.course import Course
from tests.tui.conftest import Sit

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (50, 15)], ids="{0[0]}x{0[1]}".format)
ENDS = pytest.mark.parametrize("size", [(120, 40), (50, 15)], ids="{0[0]}x{0[1]}".format)


@SIZES
async def test_home(sit: Sit, shipped_course: Course, size: tuple[int, int]):
    async with sit(course=shipped_course, size=size) as seat:
        await seat.sees("Deep Learning with TensorFlow", "▸ Study now:", "? keys")
        await seat.press("end")
        await seat.sees(shipped_course.lab_names()[-1], "not run yet")


@SIZES
async def test_a_question(sit: Sit, size: tuple[int, int]):
    async with sit("pick-one", size=size) as seat:
        await seat.sees("Half of the noise", "1 ○   2", "3 ○   1/4", "enter submit", "? keys", "1 of 1")
        await seat.press("1", "enter")
        await seat.sees("✗ wrong", "? keys")
        await seat.press("home")
        await seat.sees("Half of the noise", "✗ yours")
        await seat.press("end")
        await seat.sees("Related")


@pytest.mark.parametrize("name", ["sgd-role", "cnn-compress", "predict-final-loss"])
async def test_a_long_question_shows_its_title_and_keys_on_the_smallest_screen(
    sit: Sit, shipped_course: Course, name: str
):
    question = shipped_course.question(name)
    async with sit(name, course=shipped_course, size=(50, 15)) as seat:
        await seat.sees("? keys" if name != "sgd-role" else "ctrl+s submit")
        await seat.sees(question.title[:20])
        assert seat.app.screen.query_one("#page").scroll_y == 0
        assert "submit" in seat.bar


@ENDS
async def test_a_text_to_write(sit: Sit, size: tuple[int, int]):
    async with sit("why-calm", size=size) as seat:
        await seat.sees("Why a larger batch is calmer", "ctrl+s submit")
        await seat.write("The gradient is less noisy.")
        await seat.sees("less noisy.")
        await seat.press("ctrl+s")
        await seat.sees("Suggested", "The gradient is less noisy.", "enter confirm")
        await seat.press("enter")
        await seat.sees("partly right")


@ENDS
async def test_a_prediction(sit: Sit, size: tuple[int, int]):
    async with sit("guess-run", size=size) as seat:
        await seat.press("3", "enter")
        await seat.sees("You predict: diverges", "space finish at once")
        await seat.press("space")
        await seat.sees("✓ right")


@SIZES
async def test_a_lab(sit: Sit, shipped_course: Course, size: tuple[int, int]):
    async with sit(course=shipped_course, size=size) as seat:
        seat.app.open_lab("quadratic-bowl", "Labs")
        await seat.sees("lab quadratic-bowl", "learning rate", "optimizer", "1e-06", "enter run", "? keys")
        assert "Labs" in seat.lines[0]
        assert "numpy · seed 0" in seat.lines[0]
        await seat.press(*"1.1", "down", "5", "enter")
        await seat.sees("0 of 3 points", "optimizer", "? keys")
        assert "┤" in seat.text


async def test_the_list_of_keys_on_the_smallest_screen(sit: Sit):
    async with sit("pick-one", size=(50, 15)) as seat:
        await seat.press("question_mark")
        await seat.sees("Keys on this screen")
        await seat.press("end")
        await seat.sees("ctrl+q", "leave at once")


async def test_a_notice_can_be_read_in_full_on_the_smallest_screen(sit: Sit, home: Path):
    home.write_text("no folder")
    async with sit(size=(50, 15)) as seat:
        await seat.press("l", "enter")
        await seat.sees("lab bowl")
        await seat.until(lambda: "with --home DIR or $COURSEKIT_HOME." in seat.prose)
