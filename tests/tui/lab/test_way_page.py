"""The way of a run: step along it, see both gradients, and leave no process behind."""

import re
from collections.abc import Callable

import pytest

from coursekit.tui.lab.landscape_view import LandscapeView
from tests.tui.conftest import Seat, Sit
from tests.tui.lab.conftest import GONE_FAR, MakeRuns, OpenLab, notices

Journeys = Callable[[], list[int]]


def step(seat: Seat) -> int:
    """The step at which the run stands."""
    found = re.search(r"Step (\d+) of \d+:", seat.text)
    assert found, seat.text
    return int(found[1])


def drawn(seat: Seat) -> str:
    """The picture alone."""
    place = seat.app.screen.query_one(LandscapeView).region
    return "\n".join(line[place.x : place.right] for line in seat.lines[place.y : place.bottom])


async def open_way(seat: Seat) -> None:
    await seat.press("v")
    await seat.sees("Step 0 of ", "← → step")


async def test_v_steps_along_a_run_in_a_bowl_with_two_parameters(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await open_way(seat)
        await seat.sees("Step 0 of 20: loss 2.5; this batch's gradient is 4.12 long, the full one 4.12, 0° apart.")
        await seat.sees("From (1, 1) the run went to (0.122, 3.66e-5) in 20 steps; the loss fell from 2.5 to 0.00739.")
        first = drawn(seat)

        await seat.press("right")
        await seat.sees("Step 1 of 20: loss 1.12; this batch's gradient is 2.56 long, the full one 2.56, 0° apart.")
        assert drawn(seat) != first
        await seat.press("left")
        assert drawn(seat) == first
        await seat.press("end")
        await seat.sees("Step 20 of 20: loss 0.00739; the full gradient is 0.122 long.")


async def test_home_end_and_the_page_keys_go_far_and_no_further(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await open_way(seat)
        seen = [step(seat)]
        for key in ("left", "pagedown", "right", "pagedown", "pagedown", "right", "pageup", "home", "end"):
            await seat.press(key)
            seen.append(step(seat))

        assert seen == [0, 0, 10, 11, 20, 20, 20, 10, 0, 20]


async def test_arrows_of_the_batch_and_of_the_full_gradient_stand_in_the_picture(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "saddle", "0.05")
        await open_way(seat)
        await seat.press(*["right"] * 5)

        await seat.until(lambda: "b" in drawn(seat) and "f" in drawn(seat))
        assert "◆" in drawn(seat)
        assert "○" in drawn(seat)
        found = re.search(r"gradient is ([\d.e-]+) long, the full one ([\d.e-]+), (\d+)° apart", seat.prose)
        assert found
        assert found[1] != found[2]
        assert int(found[3]) > 0
        await seat.sees("b: downhill for this batch, f: for the full data.")


async def test_a_single_parameter_is_shown_as_a_valley(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "well", "0.05")
        await open_way(seat)
        await seat.press("right", "right")

        await seat.sees("From 1 the run went to ", "the loss fell from -0.05 to ", "° apart")
        assert "◆" in drawn(seat)
        assert "b" in drawn(seat)
        assert "f" in drawn(seat)


async def test_what_a_network_s_way_shows_is_told_to_be_a_projection(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "digits", "0.1")
        await open_way(seat)

        await seat.sees("This is a projection; it shows ", "of the run's movement, in squared distances.")


async def test_without_colour_heights_are_textures(sit: Sit, make_runs: MakeRuns, monkeypatch: pytest.MonkeyPatch):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await open_way(seat)
        coloured = drawn(seat)

    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(size=(100, 32)) as seat:
        await seat.press("l", "down", "down", "down", "down", "down", "down", "enter")
        if "lab plane" not in seat.text:
            seat.app.open_lab("plane", "Labs")
        await seat.sees("lab plane")
        await open_way(seat)

        textures = set(drawn(seat)) - set(coloured)
        assert textures & set("░▒▓█∙·:")
        assert not set(coloured) & set("░▒▓")


async def test_the_way_of_the_table_s_chosen_run_is_shown(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1", "0.3")
        await seat.press("t", "down", "v")
        await seat.sees("Step 0 of 20", "the loss fell from 2.5 to 0.00739.")

        await seat.press("escape")
        await seat.sees("finished")
        await open_way(seat)
        await seat.sees("the loss fell from 2.5 to 3.18e-7.")


async def test_another_run_s_landscape_is_not_shown_while_a_way_is_computed(
    sit: Sit, make_runs: MakeRuns, journeys: Journeys
):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await open_way(seat)
        await seat.press("escape")
        await seat.press("down", *"1000000", "enter")
        await seat.until(lambda: GONE_FAR.search(seat.text))
        await seat.press("x")
        await seat.sees("stopped, not scored")
        await seat.press("v")
        await seat.sees("Taking the run again")

        assert "◆" not in drawn(seat)
        assert "4.12" not in seat.text
        await seat.press("escape")
        await seat.until(lambda: not journeys())


@pytest.mark.parametrize("keys", [("escape",), ("v",), ("t",), ("i",), ("escape", "escape")])
async def test_leaving_while_a_way_is_computed_ends_its_process(
    sit: Sit, make_runs: MakeRuns, journeys: Journeys, keys: tuple[str, ...]
):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("down", *"1000000", "enter")
        await seat.until(lambda: GONE_FAR.search(seat.text))
        await seat.press("x")
        await seat.sees("stopped, not scored")
        await seat.press("v")
        await seat.until(lambda: len(journeys()) == 1)
        await seat.press(*keys)

        await seat.until(lambda: not journeys())


async def test_leaving_coursekit_while_a_way_is_computed_ends_its_process(
    sit: Sit, make_runs: MakeRuns, journeys: Journeys
):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("down", *"1000000", "enter")
        await seat.until(lambda: GONE_FAR.search(seat.text))
        await seat.press("x")
        await seat.sees("stopped, not scored")
        await seat.press("v")
        await seat.until(journeys)
        await seat.press("q")

    assert not journeys()


async def test_a_way_that_was_left_can_be_opened_again(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "digits", "0.1")
        await seat.press("v", "escape", "v")
        await seat.sees("Step 0 of 12")
        await seat.press("right", "escape", "v")

        await seat.sees("Step 1 of 12")


async def test_there_is_no_way_without_a_run(sit: Sit, open_lab: OpenLab):
    async with sit() as seat:
        await open_lab(seat, "plane")
        await seat.press("v")

        assert notices(seat) == ["There is no run in this lab yet. Press enter to make one."]
        await seat.sees("Two parameters.")


async def test_there_is_no_way_while_a_run_goes_on(sit: Sit, open_lab: OpenLab, journeys: Journeys):
    async with sit() as seat:
        await open_lab(seat, "plane")
        await seat.press("down", *"1000000", "enter", "v")

        assert notices(seat) == ["The run goes on. Its way can be viewed when it has ended."]
        assert not journeys()
        await seat.sees("running", "x stop")


async def test_there_is_no_way_of_a_measurement(sit: Sit, make_runs: MakeRuns):
    async with sit() as seat:
        await make_runs(seat, "noise", "8")
        await seat.press("v")

        assert notices(seat) == ["A measurement goes through no landscape, so there is no way to view."]
        assert "v way" not in seat.bar


async def test_the_way_of_a_run_that_diverged_is_shown(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "900")
        await open_way(seat)
        await seat.press("end")

        await seat.sees("◆")


async def test_the_way_of_a_run_of_one_step_is_shown(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(100, 32)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("down", "1", "enter")
        await seat.until(lambda: len(seat.record.runs()) == 2)
        await open_way(seat)
        await seat.press("right", "right")

        assert step(seat) == 1
