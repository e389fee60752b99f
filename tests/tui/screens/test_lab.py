import asyncio
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key

from coursekit.course import Course, open_course
from coursekit.train.backends import tensorflow_is_available
from tests.tui.conftest import Seat, Sit

Trainers = Callable[[int], list[int]]
HERE = os.getpid()


async def _open(seat: Seat, name: str) -> None:
    seat.app.open_lab(name, "Labs")
    await seat.sees(f"lab {name}", "? keys")


def _step(seat: Seat) -> int:
    """The step that the figures show; 0 while there is none."""
    found = re.search(r"step +([\d,]+)/", seat.text)
    return int(found[1].replace(",", "")) if found else 0


def _knob(seat: Seat, name: str) -> str:
    """What stands beside a knob's name."""
    return next(line for line in seat.lines if name in line).split(name, 1)[1].split()[0]


async def test_it_opens_with_instructions_knobs_and_goals(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")

        await seat.sees("Down a small bowl", "Reach the bottom of w² within 20 steps.", "numpy · seed 0")
        await seat.sees("▸ learning rate  0.05", "goal validation loss ≤ 0.001  2 pt", "goal steps ≤ 20  1 pt")
        await seat.press("i")
        await seat.sees("No run yet in this lab.", "Press enter to run with these settings.")


async def test_arrows_choose_a_knob_and_turn_it(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("right")
        assert _knob(seat, "learning rate") == "0.07"
        await seat.press("left", "left")
        assert _knob(seat, "learning rate") == "0.04"
        await seat.press("up", "right")
        await seat.sees("▸ optimizer", "[momentum]")


async def test_a_knob_stops_at_its_ends(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*["left"] * 12)

        assert _knob(seat, "learning rate") == "0.01"


async def test_a_value_is_typed_and_taken_when_the_cursor_moves_on(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*"4e-1")
        await seat.sees("4e-1▏")
        await seat.press("down", *"205", "backspace", "down")

        assert (_knob(seat, "learning rate"), _knob(seat, "steps")) == ("0.4", "20")


async def test_keys_in_a_burst_are_taken_in_their_order(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        for key in ("4", "minus", "backspace", "down", "2", "0", "5", "backspace", "down", "right"):
            seat.app.post_message(Key(key, {"minus": "-"}.get(key, key if len(key) == 1 else None)))

        await seat.sees("[momentum]")
        assert (_knob(seat, "learning rate"), _knob(seat, "steps")) == ("4", "20")


async def test_esc_drops_what_is_typed_and_not_the_lab(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*"0.4", "escape")

        assert seat.screen == "LabScreen"
        assert _knob(seat, "learning rate") == "0.05"


@pytest.mark.parametrize("typed", ["5000", "-1", "1..2"])
async def test_a_value_out_of_range_is_told_and_not_taken_and_nothing_runs(sit: Sit, trainers: Trainers, typed: str):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*typed, "enter")

        await seat.sees(f"learning_rate can be 0.01 to 1000; got '{typed}'.")
        assert _knob(seat, "learning rate") == "0.05"
        assert trainers(HERE) == []
        assert seat.record.runs() == ()


async def test_the_complaint_about_a_knob_goes_when_it_is_turned(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*"5000", "down")
        await seat.sees("got '5000'")
        await seat.press("right")

        assert "got '5000'" not in seat.text


async def test_a_click_chooses_a_knob(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.click("optimizer")
        await seat.press("right")

        await seat.sees("▸ optimizer", "[momentum]")


async def test_a_run_that_meets_its_goals_is_scored_and_kept(sit: Sit, shipped_course: Course):
    async with sit(course=shipped_course) as seat:
        await _open(seat, "quadratic-bowl")
        await seat.press(*"0.9", "down", *"40", "enter")
        await seat.sees("running")
        await seat.sees(
            "✓    validation loss ≤ 1e-06  2 pt", "✓    steps ≤ 40  1 pt", "3 of 3 points", "finished", "✓ 3 of 3"
        )

        (run,) = seat.record.runs()
        assert (run.lab, run.outcome, run.points, run.out_of, run.steps) == ("quadratic-bowl", "finished", 3, 3, 40)
        assert (run.settings["learning_rate"], run.config["learning_rate"]) == (0.9, 0.9)
        assert [goal["met"] for goal in run.goals] == [True, True]


async def test_the_table_of_runs_has_one_line_for_each(sit: Sit, shipped_course: Course):
    async with sit(course=shipped_course) as seat:
        await _open(seat, "quadratic-bowl")
        await seat.press(*"0.9", "down", *"5", "enter")
        await seat.sees("finished")

        row = seat.lines.index(next(line for line in seat.lines if line.lstrip().startswith("run "))) + 1
        assert all(word in seat.lines[row] for word in ("0.9", "5", "sgd", "✗ 0 of 3"))


async def test_a_goal_that_is_missed_says_so(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")

        await seat.sees("✗    validation loss ≤ 0.001  2 pt", "✗    steps ≤ 20  1 pt", "0 of 3 points", "✗ 0 of 3")


async def test_a_run_that_diverges_is_an_ordinary_result(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*"900", "down", *"100", "enter")

        await seat.sees("✗ diverged", "0 of 3 points", "Diverges: the loss grows without bound.")
        assert [run.outcome for run in seat.record.runs()] == ["diverged"]


async def test_runs_are_there_again_after_a_restart(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")
        await seat.sees("0 of 3 points")

    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("i")
        await seat.sees("✗ 0 of 3")


async def test_space_holds_the_run_and_lets_it_go_on(sit: Sit, slow_lab: Course):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 5)
        await seat.press("space")
        await seat.sees("paused: space goes on")
        await asyncio.sleep(0.2)  # what was already on its way
        await seat.pilot.pause()
        held = _step(seat)
        await asyncio.sleep(0.5)
        await seat.pilot.pause()
        assert _step(seat) == held

        await seat.press("space")
        await seat.sees("running")
        await seat.until(lambda: _step(seat) > held)


async def test_x_stops_the_run_which_earns_nothing(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 5)
        await seat.press("x")

        await seat.sees("stopped, not scored", "0 of 2 points", ", stopped")
        await seat.until(lambda: not trainers(HERE))
        assert [(run.outcome, run.points) for run in seat.record.runs()] == [("stopped", 0)]


async def test_a_run_that_is_held_can_be_stopped(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 1)
        await seat.press("space", "x")

        await seat.sees("stopped, not scored")
        await seat.until(lambda: not trainers(HERE))


@pytest.mark.parametrize("keys", [("escape",), ("space", "escape")])
async def test_leaving_the_lab_ends_the_training_process(
    sit: Sit, slow_lab: Course, trainers: Trainers, keys: tuple[str, ...]
):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 1)
        assert len(trainers(HERE)) == 1
        await seat.press(*keys)

        await seat.until(lambda: not trainers(HERE))


@pytest.mark.parametrize("keys", [("q",), ("space", "ctrl+q")])
async def test_leaving_coursekit_ends_the_training_process(
    sit: Sit, slow_lab: Course, trainers: Trainers, keys: tuple[str, ...]
):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 1)
        await seat.press(*keys)

    assert trainers(HERE) == []


async def test_leaving_before_the_first_step_ends_the_training_process(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter", "escape")
        await seat.sees("Study now")

        await seat.until(lambda: not trainers(HERE))
        await asyncio.sleep(0.2)  # a process that was still to begin
        assert trainers(HERE) == []


async def test_a_second_run_takes_the_place_of_the_first(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 5)
        (first,) = trainers(HERE)
        await seat.press("enter")

        await seat.until(lambda: trainers(HERE) and first not in trainers(HERE))
        await seat.until(lambda: _step(seat) > 1)
        assert len(trainers(HERE)) == 1
        await seat.press("x")
        await seat.sees("stopped, not scored")


async def test_runs_pressed_in_haste_leave_one_process(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press(*["enter"] * 5)

        await seat.until(lambda: _step(seat) > 1)
        await seat.until(lambda: len(trainers(HERE)) == 1)


async def test_a_training_process_that_is_killed_gives_a_message(sit: Sit, slow_lab: Course, trainers: Trainers):
    async with sit(course=slow_lab) as seat:
        await _open(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 1)
        os.kill(trainers(HERE)[0], 9)

        await seat.sees("The training process ended without a result (killed by signal 9).")
        assert "running" not in seat.text
        assert seat.record.runs() == ()
        await seat.press("enter")
        await seat.until(lambda: _step(seat) > 1)
        assert "killed by signal" not in seat.text


async def test_the_loss_axis_is_linear_or_logarithmic(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")
        await seat.sees("finished")
        linear = seat.text
        await seat.press("o")
        assert seat.text != linear
        await seat.press("o")

        assert seat.text == linear


async def test_i_changes_between_text_and_picture(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")
        await seat.sees("finished", "target")
        await seat.press("i")
        await seat.sees("Reach the bottom")
        assert "target" not in seat.text
        await seat.press("i")
        await seat.sees("target")


async def test_hints_come_one_at_a_time(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        assert "Up to 0.5" not in seat.text
        await seat.press("h")
        await seat.sees("Hint 1", "Up to 0.5 the parameter comes down one side.")
        await seat.press("h")
        await seat.sees("There are no more hints.")


async def test_the_explanation_comes_once_the_goals_were_met(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")
        await seat.sees("finished")
        await seat.press("w")
        await seat.sees("The explanation tells a way")
        assert "Each step multiplies" not in seat.text
        assert "w why" not in seat.bar
        await seat.press(*"0.4", "enter")
        await seat.sees("3 of 3 points", "w why")
        await seat.press("w")
        await seat.sees("Why", "Each step multiplies the distance by")
        await seat.press("w")
        assert seat.text.count("Each step multiplies") == 1


async def test_a_long_explanation_is_shown_from_its_first_line(sit: Sit, course_folder: Path):
    path = course_folder / "labs" / "bowl" / "lab.md"
    path.write_text(path.read_text() + "".join(f"\n\nParagraph {number}." for number in range(30)))
    async with sit(course=open_course(course_folder)) as seat:
        await _open(seat, "bowl")
        await seat.press(*"0.4", "enter")
        await seat.sees("3 of 3 points")
        await seat.press("w")
        await seat.sees("Why      Each step multiplies", "Paragraph 0.")
        await seat.press("end")
        await seat.sees("Paragraph 29.")
        assert "Each step multiplies" not in seat.text

        await seat.press("w")
        await seat.sees("Why      Each step multiplies", "Paragraph 0.")


async def test_r_sets_the_knobs_as_in_the_last_run(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press(*"0.4", "enter")
        await seat.sees("3 of 3 points")
        await seat.press("left", "left", "left")
        assert _knob(seat, "learning rate") != "0.4"
        await seat.press("r")

        assert _knob(seat, "learning rate") == "0.4"


async def test_b_changes_the_backend(sit: Sit):
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("b")
        await seat.sees("tensorflow · seed 0")
        await seat.press("b")
        await seat.sees("numpy · seed 0")


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
async def test_runs_on_tensorflow_share_a_process_that_starts_with_the_choice_and_ends_with_the_app(
    sit: Sit, trainers: Trainers
):
    async with sit() as seat:
        await _open(seat, "bowl")
        assert not trainers(os.getpid())
        await seat.press("b")
        await seat.until(lambda: trainers(os.getpid()))
        one = trainers(os.getpid())
        for count in (1, 2):
            await seat.press("enter")
            await seat.until(lambda count=count: len(seat.record.runs()) == count)
            assert trainers(os.getpid()) == one
        assert [run.config["backend"] for run in seat.record.runs()] == ["tensorflow"] * 2
        await seat.press("escape")
        await seat.until(lambda: seat.screen == "HomeScreen")
        assert trainers(os.getpid()) == one

    assert not trainers(os.getpid())


async def test_a_record_that_cannot_be_kept_is_told_and_the_run_is_shown(sit: Sit, home: Path):
    home.write_text("no folder")
    async with sit() as seat:
        await _open(seat, "bowl")
        await seat.press("enter")

        await seat.sees("Your record cannot be kept in", "finished")
