import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from tests.tui.conftest import Sit

Trainers = Callable[[int], list[int]]


async def test_the_lab_stays_closed_before_the_prediction(sit: Sit):
    async with sit("guess-run") as seat:
        await seat.press("l")

        await seat.sees("First your prediction; then the run.")
        assert seat.screen == "QuestionScreen"


async def test_a_prediction_is_kept_only_when_the_run_has_decided_it(sit: Sit, trainers: Trainers):
    async with sit("guess-run") as seat:
        await seat.press("3", "enter")
        await seat.sees("You predict: diverges", "finish at once")
        await seat.until(lambda: trainers(os.getpid()))
        assert seat.record.attempts() == ()
        assert "✓" not in seat.text
        await seat.press("space")

        await seat.sees("✓ right")
        assert [(a.response, a.mark) for a in seat.record.attempts()] == [(("3",), 1)]
        await seat.until(lambda: not trainers(os.getpid()))


async def test_a_prediction_that_the_run_denies_is_wrong(sit: Sit):
    async with sit("guess-run", size=(80, 40)) as seat:
        await seat.press("1", "enter", "space")

        await seat.sees("✗ wrong", "✗ yours", "✓ key", "Each step multiplies")
        assert [(a.response, a.mark) for a in seat.record.attempts()] == [(("1",), 0)]


async def test_a_key_that_was_meant_for_the_run_does_not_skip_what_it_came_to(sit: Sit):
    async with sit("guess-run", "claim") as seat:
        await seat.press("3", "enter", "space")
        await seat.until(lambda: seat.record.attempts())
        await seat.sees("✓ right")
        await seat.press("enter", "enter")
        assert "1 of 2" in seat.text

        await asyncio.sleep(1)
        await seat.press("enter")
        await seat.sees("2 of 2")


async def test_the_run_is_drawn_while_it_happens(sit: Sit):
    async with sit("guess-run") as seat:
        await seat.press("3", "enter")

        await seat.sees("┤")
        await seat.press("space")
        await seat.sees("✓ right")


async def test_the_lab_opens_after_the_prediction(sit: Sit):
    async with sit("guess-run") as seat:
        await seat.press("3", "enter", "space")
        await seat.sees("✓ right")
        await seat.press("l")

        await seat.sees("lab bowl")


async def test_a_prediction_cannot_be_changed_while_the_run_goes_on(sit: Sit):
    async with sit("guess-run", size=(80, 40)) as seat:
        await seat.press("1", "enter")
        await seat.sees("You predict: converges")
        await seat.click("3 ○   diverges", dx=6)
        await seat.press("n", "l", "space")

        await seat.sees("✗ wrong")
        assert next(line for line in seat.lines if " 1 " in line and "converges" in line).endswith("✗ yours")
        assert [a.response for a in seat.record.attempts()] == [("1",)]


async def test_leaving_in_the_middle_of_the_run_ends_it_and_keeps_no_attempt(sit: Sit, trainers: Trainers):
    async with sit("guess-run") as seat:
        await seat.press("3", "enter")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("escape")

        await seat.until(lambda: not trainers(os.getpid()))
        assert seat.record.attempts() == ()


async def test_a_run_that_cannot_be_made_keeps_the_prediction(sit: Sit, course_folder: Path):
    (course_folder / "labs" / "bowl" / "lab.md").unlink()

    async with sit("guess-run") as seat:
        await seat.press("3", "enter")

        await seat.sees("has no lab 'bowl'", "◉   diverges")
        assert seat.record.attempts() == ()


async def test_a_run_that_is_killed_can_be_made_again(sit: Sit, trainers: Trainers):
    async with sit("guess-run", size=(80, 40)) as seat:
        await seat.press("3", "enter")
        await seat.until(lambda: trainers(os.getpid()))
        os.kill(trainers(os.getpid())[0], 9)
        await seat.sees("Your prediction is kept: press enter to run again.")
        assert seat.record.attempts() == ()
        await seat.press("enter", "space")

        await seat.sees("✓ right")
