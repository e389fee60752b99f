"""Runs drawn behind a run, its noise as a shade, and the strips below it."""

import os
import re
from collections.abc import Callable

from coursekit.tui.lab.curve_view import CurveView
from tests.tui.conftest import Seat, Sit
from tests.tui.lab.conftest import MakeRuns, OpenLab, notices

STRIP = re.compile(r"rate +▇▇▇")


def row(seat: Seat, number: int) -> str:
    """The table's line of a run."""
    return next(line.strip() for line in seat.lines if line.strip().startswith(f"{number} "))


def labels(seat: Seat) -> list[str]:
    """What lies behind the run in the picture."""
    return [label for label, line in seat.app.screen.query_one(CurveView).earlier if line]


async def test_c_draws_the_last_runs_behind_this_one_and_says_which_is_lowest(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3", "0.1")
        assert "run 1" not in seat.text
        await seat.press("c")

        await seat.sees("now   + run 1   × run 2", "Lowest loss at the end: run 2 with ")
        await seat.press("c")
        assert labels(seat) == []
        assert "run 2" not in seat.text
        assert "Lowest" not in seat.text


async def test_c_says_that_there_is_no_other_run_of_this_visit(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("c")

        assert notices(seat)[-1].startswith("There is no other run of this visit to compare with.")


async def test_c_in_the_table_marks_a_run_as_the_picture_draws_it(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3", "0.1")
        await seat.press("t", "down", "c", "down", "c")
        assert row(seat, 2).startswith("2 +")
        assert row(seat, 1).startswith("1 ×")
        await seat.press("escape")
        await seat.sees("now   + run 2   × run 1")

        await seat.press("t", "c", "escape")
        await seat.sees("now   + run 2")
        assert "run 1" not in seat.text
        assert labels(seat) == ["run 2"]


async def test_marks_agree_when_the_run_in_the_picture_is_marked_too(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3", "0.1")
        await seat.press("t", "c", "down", "c")
        assert notices(seat) == ["Run 3 is in the picture now; it will lie behind the next run."]
        assert row(seat, 2).startswith("2 +")
        await seat.press("escape")

        await seat.sees("now   + run 2")


async def test_a_marked_run_lies_behind_the_next_one(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05")
        await seat.press("t", "c", "escape", *"0.3", "enter")
        await seat.until(lambda: len(seat.record.runs()) == 2)

        await seat.sees("now   + run 1", "Lowest loss at the end: now with ")


async def test_a_run_of_an_earlier_visit_is_made_again_for_its_line(sit: Sit, make_runs: MakeRuns, open_lab: OpenLab):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3")

    async with sit(size=(120, 30)) as seat:
        await open_lab(seat, "plane")
        await seat.press("t", "c")
        await seat.until(lambda: labels(seat) == ["run 2"])
        assert row(seat, 2).startswith("2 +")
        await seat.press("escape")
        await seat.sees("+ run 2")
        assert len(seat.record.runs()) == 2


async def test_several_of_an_earlier_visit_marked_in_haste_are_all_drawn(
    sit: Sit, make_runs: MakeRuns, open_lab: OpenLab
):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3", "0.1")

    async with sit(size=(120, 30)) as seat:
        await open_lab(seat, "plane")
        await seat.press("t", "c", "down", "c", "down", "c")

        await seat.until(lambda: labels(seat) == ["run 3", "run 2", "run 1"])
        assert [row(seat, number)[2] for number in (3, 2, 1)] == ["+", "×", "∘"]


async def test_leaving_the_lab_while_a_line_is_made_again_leaves_no_process(
    sit: Sit, make_runs: MakeRuns, open_lab: OpenLab, trainers: Callable[[int], list[int]]
):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05")
        await seat.press("down", *"1000000", "enter")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("x")
        await seat.until(lambda: len(seat.record.runs()) == 2)

    async with sit(size=(120, 30)) as seat:
        await open_lab(seat, "plane")
        await seat.press("t", "c")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("escape", "escape")

        await seat.until(lambda: not trainers(os.getpid()))


async def test_a_run_that_was_removed_is_no_longer_drawn(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.05", "0.3")
        await seat.press("t", "down", "c", "d", "escape")

        assert labels(seat) == []
        await seat.press("c")
        assert notices(seat)[-1].startswith("There is no other run of this visit")


async def test_s_draws_the_noise_as_a_shade_and_back(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "digits", "0.1")
        plain = seat.text
        assert "░" not in plain
        await seat.press("s")
        await seat.sees("░")
        await seat.press("s")

        assert seat.text == plain


async def test_p_shows_the_gradient_s_length_and_the_rate_and_says_what_they_did(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 40)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("p")
        await seat.sees("The gradient's length falls from ", "The learning rate stays at 0.1.")
        assert "0.1 → 0.1" in seat.text
        await seat.sees("run   rate   steps")
        await seat.press("p")

        assert "gradient's length" not in seat.text
        assert not STRIP.search(seat.text)


async def test_strips_take_the_place_of_the_runs_before_where_there_is_little_room(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(80, 24)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.sees("run   rate   steps")
        await seat.press("p")
        await seat.until(lambda: STRIP.search(seat.text))
        assert "run   rate   steps" not in seat.text
        await seat.resize(80, 45)
        await seat.until(lambda: STRIP.search(seat.text))
        await seat.sees("run   rate   steps")


async def test_strips_grow_with_a_run_that_goes_on(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 40)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("p", "down", *"100000", "enter")

        await seat.until(lambda: STRIP.search(seat.text) and "running" in seat.text)
        await seat.press("x")
        await seat.sees("stopped, not scored")
