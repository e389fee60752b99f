import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from coursekit.course import Course, open_course, read_cover
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.question import QuestionScreen
from coursekit.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import OpenTerminal, Seat


@asynccontextmanager
async def welcomed(course: Course, home: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
    app = CoursekitApp(course, home, first=lambda: WelcomeScreen(read_cover(course.folder)))
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
        await seat.press("2", "enter", "escape", "escape")
        await seat.sees("Study now: 5 new")

        assert len(seat.record.attempts()) == 1


async def test_the_first_session_goes_through_several_topics_and_what_is_missed_comes_back(
    home: Path, monkeypatch: pytest.MonkeyPatch, course_folder: Path
):
    first = course_folder / "content" / "1-basics"
    topic = next(first.glob("*.md")).read_text(encoding="utf-8")
    second = topic.replace("Steps and batches", "Another topic")
    for name in ("pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run"):
        second = re.sub(rf"\b{name}\b", f"{name}-again", second)
    (first / "9-another.md").write_text(second, encoding="utf-8")
    now = datetime.now(UTC)
    async with welcomed(open_course(course_folder), home) as seat:
        monkeypatch.setattr(seat.app, "now", lambda: now)
        await seat.press("enter", "enter", "enter")
        await seat.sees("Your first questions 1 of 5")
        asking = seat.app.screen
        assert isinstance(asking, QuestionScreen)
        topics = [seat.app.course.topic_of[name].title for name in asking._order]
        assert topics == ["Steps and batches", "Another topic"] * 2 + ["Steps and batches"]

        await seat.press("1", "enter")
        await seat.sees("✗ wrong")
        now += timedelta(minutes=30)
        for number in range(2, 6):
            await seat.press(*(["escape"] if isinstance(seat.app.focused, TextArea) else []), "n")
            await seat.sees(f"{number} of 5")
        await seat.press("n")

        await seat.sees("6 of 6", "missed before")


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
