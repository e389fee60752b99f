"""A lab that measures: its trials as a table, a budget of runs, a grade; and goals that are no plain bounds."""

import os
import re
from collections.abc import Callable

import pytest

from tests.tui.conftest import Seat, Sit
from tests.tui.lab.conftest import MakeRuns, OpenLab, notices

Trainers = Callable[[int], list[int]]


def trials(seat: Seat) -> int:
    """How many rows stand in the table of trials."""
    return len([line for line in seat.lines if re.fullmatch(r" +\d+( +[\d.]+){3}", line)])


async def test_trials_come_row_by_row_and_their_values_are_said(sit: Sit, slow_noise: str, open_lab: OpenLab):
    async with sit() as seat:
        await open_lab(seat, slow_noise)
        await seat.press("enter")
        await seat.until(lambda: 0 < trials(seat) < 6)
        await seat.sees("batch size  variance  variance times batch", "so far")
        await seat.press("space")
        await seat.sees("space goes on")
        await seat.press("space")

        await seat.until(lambda: trials(seat) == 6)
        await seat.sees("Measured: noise ", ", examples 8.", "✗    noise ≤ 0.5", "0 of 3 points")


async def test_a_measurement_that_meets_its_goals_is_kept_with_its_values(sit: Sit, make_runs: MakeRuns):
    async with sit() as seat:
        await make_runs(seat, "noise", "800")
        await seat.sees("✓    noise ≤ 0.5", "✓    examples ≤ 900", "3 of 3 points", "t runs")

        (run,) = seat.record.runs()
        assert (run.outcome, run.points, run.settings["batch_size"]) == ("finished", 3, 800)
        await seat.press("t")
        await seat.sees("noise", "examples", "✓ 3 of 3")


async def test_a_measurement_that_is_stopped_is_recorded_and_earns_nothing(
    sit: Sit, slow_noise: str, open_lab: OpenLab
):
    async with sit() as seat:
        await open_lab(seat, slow_noise)
        await seat.press("enter")
        await seat.until(lambda: trials(seat))
        await seat.press("x")

        await seat.sees("✗ 0 of 3, stopped")
        assert [(run.outcome, run.points) for run in seat.record.runs()] == [("stopped", 0)]


async def test_a_measurement_is_graded_on_five_seeds(sit: Sit, open_lab: OpenLab):
    async with sit() as seat:
        await open_lab(seat, "noise")
        await seat.press(*"800", "g")

        await seat.sees("Grade: 3 of 3 points", "✓ ✓ ✓ ✓ ✓")


async def test_keys_of_the_bar_do_something_in_a_measurement(sit: Sit, slow_noise: str, open_lab: OpenLab):
    async with sit() as seat:
        await open_lab(seat, slow_noise)
        await seat.press("enter")
        await seat.sees("x stop")
        assert "smooth" not in seat.bar
        assert "log" not in seat.bar
        await seat.press("x")
        await seat.sees("stopped")
        await seat.press("t")

        await seat.sees("enter run again")
        assert "compare" not in seat.bar


@pytest.mark.parametrize("key", ["o", "s"])
async def test_keys_for_a_curve_are_harmless_in_a_measurement(sit: Sit, make_runs: MakeRuns, key: str):
    async with sit() as seat:
        await make_runs(seat, "noise", "8")
        before = seat.text
        await seat.press(key)

        assert seat.text == before


async def test_p_says_that_a_measurement_has_no_strips(sit: Sit, make_runs: MakeRuns):
    async with sit() as seat:
        await make_runs(seat, "noise", "8")
        await seat.press("p")

        assert notices(seat) == ["A measurement has no gradient and no rate to draw."]


async def test_a_budget_is_told_kept_and_begun_anew_by_a_grade(sit: Sit, make_runs: MakeRuns):
    async with sit() as seat:
        await make_runs(seat, "noise", "8")
        await seat.sees("3 of 4 runs left")
        for left in (2, 1, 0):
            await seat.press("enter")
            await seat.sees(f"{left} of 4 runs left")
        await seat.sees("enter run")
        await seat.press("enter")

        await seat.sees("The budget of 4 runs is spent.", "Press g.")
        assert len(seat.record.runs()) == 4
        await seat.press("g")
        await seat.sees("Grade: 0 of 3 points", "4 of 4 runs left")
        await seat.press("enter")
        await seat.sees("3 of 4 runs left")


async def test_a_run_that_is_removed_or_was_made_before_counts_all_the_same(
    sit: Sit, make_runs: MakeRuns, open_lab: OpenLab
):
    async with sit() as seat:
        await make_runs(seat, "noise", "8", "8")
        await seat.press("t", "d")
        await seat.sees("2 of 4 runs left")

    async with sit() as seat:
        await open_lab(seat, "noise")
        await seat.sees("2 of 4 runs left")


async def test_a_run_that_goes_on_is_not_replaced_where_runs_are_counted(
    sit: Sit, slow_noise: str, open_lab: OpenLab, trainers: Trainers
):
    async with sit() as seat:
        await open_lab(seat, slow_noise)
        await seat.press("enter", "enter")
        await seat.sees("A run goes on, and it counts. x stops it.")
        await seat.press("x")

        await seat.sees("3 of 4 runs left")
        assert len(seat.record.runs()) == 1


async def test_a_goal_below_a_run_tells_its_letter_before_and_its_value_after(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 30)) as seat:
        await make_runs(seat, "below")
        await seat.sees("goal validation loss < run A's  2 pt")
        await seat.press(*"0.3", "enter")
        await seat.until(lambda: len(seat.record.runs()) == 1)

        await seat.sees("✓    validation loss < run A's 0.01153  2 pt", "2 of 2 points")
        await seat.press("t", "enter")
        await seat.until(lambda: len(seat.record.runs()) == 2)
        await seat.press(*"0.1", "enter")
        await seat.sees("✗    validation loss < run A's 0.01153  2 pt")


async def test_a_run_can_be_stopped_while_the_one_it_is_held_against_is_made(
    sit: Sit, open_lab: OpenLab, trainers: Trainers
):
    async with sit(size=(100, 30)) as seat:
        await open_lab(seat, "below-long")
        await seat.press("enter")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("x")

        await seat.sees("stopped, not scored", "0 of 2 points", ", stopped")
        await seat.until(lambda: not trainers(os.getpid()))
        assert [(run.outcome, run.points, run.steps) for run in seat.record.runs()] == [("stopped", 0, 0)]
        await seat.press("t")
        await seat.sees("sorted by run")


async def test_leaving_while_the_other_run_is_made_ends_it(sit: Sit, open_lab: OpenLab, trainers: Trainers):
    async with sit(size=(100, 30)) as seat:
        await open_lab(seat, "below-long")
        await seat.press("enter")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("escape")

        await seat.until(lambda: not trainers(os.getpid()))


async def test_a_run_that_is_to_diverge_earns_its_points_by_diverging(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 30)) as seat:
        await make_runs(seat, "edge", "0.1")
        await seat.sees("✗    the run diverges  1 pt", "✗    learning rate ≤ 2  2 pt", "0 of 3 points")
        await seat.press(*"1.5", "enter")
        await seat.sees("✓    the run diverges  1 pt", "✓    learning rate ≤ 2  2 pt", "3 of 3 points")
        await seat.press(*"900", "enter")
        await seat.sees("✓    the run diverges  1 pt", "✗    learning rate ≤ 2  2 pt", "1 of 3 points", "≈ 1 of 3")
