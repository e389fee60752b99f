"""Each page of a lab's screen at each size, and while the size changes: nothing breaks, the keys can be seen."""

import pytest

from tests.tui.conftest import Seat, Sit
from tests.tui.lab.conftest import MakeRuns, OpenLab, keys_fit

SIZES = ((120, 40), (80, 24), (60, 20), (50, 15))


async def show(seat: Seat, *keys: str, words: str) -> None:
    await seat.press(*keys)
    await seat.sees(words)
    assert keys_fit(seat), seat.text


@pytest.mark.parametrize("size", [(60, 20), (50, 15)], ids="{0[0]}x{0[1]}".format)
async def test_every_page_of_a_training_lab(sit: Sit, make_runs: MakeRuns, size: tuple[int, int]):
    async with sit(size=size) as seat:
        await make_runs(seat, "plane", "0.1", "0.3")
        await show(seat, words="finished")
        await show(seat, "c", words="now   + run 1")
        await show(seat, "s", "p", words="rate  ")
        await show(seat, "t", words="run ▼")
        await show(seat, "left", words="when ▲")
        await seat.press("e")
        await seat.sees("Write run 2 into this folder as", "SVG")
        await show(seat, "escape", "v", words="Step 0 of 20")
        await show(seat, "end", "left", words="Step 19 of 20")
        await show(seat, "i", words="Down a bowl")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids="{0[0]}x{0[1]}".format)
async def test_every_page_of_a_lab_that_measures(sit: Sit, make_runs: MakeRuns, size: tuple[int, int]):
    async with sit(size=size) as seat:
        await make_runs(seat, "noise", "8")
        await show(seat, words="batch size")
        await seat.sees("3 of 4 runs left")
        await show(seat, "t", words="run ▼")


@pytest.mark.parametrize("lab", ["well", "digits"])
async def test_the_size_changes_while_a_page_is_shown(sit: Sit, make_runs: MakeRuns, lab: str):
    async with sit(size=(120, 40)) as seat:
        await make_runs(seat, lab, "0.1")
        for keys, words in ((("p", "s"), "finished"), (("t",), "run ▼"), (("escape", "v"), "Step 0 of")):
            await seat.press(*keys)
            await seat.sees(words)
            for size in (*SIZES[1:], (20, 8), (120, 40)):
                await seat.resize(*size)
                assert all(len(line) <= size[0] for line in seat.lines)
            await seat.sees(words)
            assert keys_fit(seat)


async def test_the_size_changes_while_a_measurement_goes_on(sit: Sit, slow_noise: str, open_lab: OpenLab):
    async with sit(size=(120, 40)) as seat:
        await open_lab(seat, slow_noise)
        await seat.press("enter")
        await seat.sees("so far")
        for size in (*SIZES, (20, 8), (120, 40)):
            await seat.resize(*size)

        await seat.sees("Measured: noise")
