from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import OpenTerminal, Seat


@asynccontextmanager
async def welcomed(course: Course, home: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
    app = CoursekitApp(course, home, first=WelcomeScreen)
    async with app.run_test(size=size, notifications=True) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("1 of 3")
        yield seat


async def test_three_cards_lead_to_a_question_and_from_there_to_home(course: Course, home: Path):
    async with welcomed(course, home) as seat:
        await seat.sees("A tiny course", "Say what you expect", "enter next")
        await seat.press("enter")
        await seat.sees("How a question goes", "2 of 3")
        await seat.press("enter")
        await seat.sees("How a course goes", "enter the first question")
        await seat.press("enter")
        await seat.sees("Your first questions 1 of 5")
        await seat.press("2", "enter", "escape")
        await seat.sees("Study now: 5 new")

        assert len(seat.record.attempts()) == 1


async def test_a_card_can_be_turned_back_and_the_cards_be_left(course: Course, home: Path):
    async with welcomed(course, home) as seat:
        await seat.press("right", "left", "left")
        await seat.sees("1 of 3")
        await seat.press("escape")
        await seat.sees("Study now: 6 new")
        assert seat.screen == "HomeScreen"


@pytest.mark.parametrize("size", [(50, 15), (60, 20), (200, 60)])
async def test_every_card_fits(course: Course, home: Path, size: tuple[int, int]):
    async with welcomed(course, home, size) as seat:
        for card in ("the run decides.", "is lost.", "aims at it."):
            await seat.sees(card)
            await seat.press("right")


@pytest.mark.slow
def test_the_cards_come_once_in_a_real_terminal(terminal: OpenTerminal):
    seen = terminal(is_first=True)
    seen.sees("1 of 3")
    seen.press("\r\r\r")
    seen.sees("Your first questions")
    seen.press("1\r")
    seen.sees("point")
    seen.press("q")
    assert seen.wait() == 0

    again = terminal()
    again.sees("Study now")
