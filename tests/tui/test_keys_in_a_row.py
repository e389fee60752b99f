"""Keys that come at once: the first opens something, and the next ones belong to nothing that is seen any more."""

import pytest

from coursekit.tui.screens.question import QuestionScreen
from tests.tui.conftest import Sit


@pytest.mark.parametrize("key", ["e", "s", "enter", "comma"])
async def test_a_key_that_opens_a_screen_opens_one(sit: Sit, key: str):
    async with sit() as seat:
        for _ in range(3):
            seat.app.simulate_key(key)
        await seat.until(lambda: seat.screen != "HomeScreen")
        await seat.press("f12")

        assert len(seat.app.screen_stack) == 2


async def test_the_end_of_a_session_does_not_take_what_lies_on_the_question(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("3", "enter")
        await seat.sees("✗ wrong")
        question = seat.app.screen
        await seat.resize(20, 5)
        await seat.sees("too small")
        assert isinstance(question, QuestionScreen)
        await question.action_next()
        await seat.resize(80, 24)
        await seat.sees("✗ wrong")
        await seat.press("n")

        await seat.until(lambda: seat.screen == "SummaryScreen")
