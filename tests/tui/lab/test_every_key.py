"""Every key of a lab's screen while a run goes on, and in haste: the app lives, the run or its end is recorded."""

import os
from collections.abc import Callable

import pytest
from textual.binding import Binding

from coursekit.course import Course
from coursekit.train.backends import tensorflow_is_available
from coursekit.tui.screens.lab import LabScreen
from tests.tui.conftest import Sit
from tests.tui.lab.conftest import OpenLab

Trainers = Callable[[int], list[int]]
BOUND = tuple(binding.key.split(",")[0] for binding in LabScreen.BINDINGS if isinstance(binding, Binding))
OTHERS = ("up", "down", "left", "right", "backspace", "tab", "minus", "0", "question_mark", "d", "e", "z", "l", "n")
LEAVES = ("escape",)
STARTS_TENSORFLOW = ("b",)  # 4 s, which tests of the backends take
PRESSED = tuple(key for key in (*BOUND, *OTHERS) if key not in (*LEAVES, *STARTS_TENSORFLOW))


def test_every_key_of_the_screen_is_among_these():
    assert {"enter", "space", "x", "o", "s", "p", "c", "t", "v", "i", "h", "w", "r", "g", "f", "u"} <= set(PRESSED)


async def test_every_key_while_a_run_goes_on_leaves_the_run_to_be_recorded(
    sit: Sit, slow_lab: Course, open_lab: OpenLab, trainers: Trainers
):
    async with sit(course=slow_lab, size=(100, 30)) as seat:
        await open_lab(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: trainers(os.getpid()))
        for key in PRESSED:
            if key in ("enter", "x", "g"):
                continue
            await seat.press(key)
            while seat.screen != "LabScreen":
                await seat.press("escape")
            await seat.press("i" if "sorted by" in seat.text else "0")
            await seat.press("backspace")
        assert len(trainers(os.getpid())) == 1
        await seat.press("x")

        await seat.until(lambda: [run.outcome for run in seat.record.runs()] == ["stopped"])


@pytest.mark.parametrize("key", ["x", "g", "enter", "escape"])
async def test_a_key_that_ends_or_begins_something_while_a_run_goes_on(
    sit: Sit, slow_lab: Course, open_lab: OpenLab, trainers: Trainers, key: str
):
    async with sit(course=slow_lab, size=(100, 30)) as seat:
        await open_lab(seat, "slow")
        await seat.press("enter")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press(key)
        await seat.press("x")

        await seat.until(lambda: not trainers(os.getpid()))
        if key != "escape":
            await seat.until(lambda: [run.outcome for run in seat.record.runs()] == ["stopped"])


async def test_every_key_pressed_at_once_breaks_nothing(sit: Sit, open_lab: OpenLab, trainers: Trainers):
    async with sit(size=(100, 30)) as seat:
        await open_lab(seat, "plane")
        await seat.press("enter")
        await seat.until(lambda: seat.record.runs())
        for key in PRESSED:
            await seat.press(key)
        while seat.screen != "LabScreen":
            await seat.press("escape")

        await seat.sees("lab plane")
        await seat.press("x")
        await seat.until(lambda: not trainers(os.getpid()))


async def test_every_key_before_there_is_a_run_breaks_nothing(sit: Sit, open_lab: OpenLab):
    async with sit(size=(100, 30)) as seat:
        await open_lab(seat, "plane")
        for key in PRESSED:
            if key not in ("enter", "g"):
                await seat.press(key)
                while seat.screen != "LabScreen":
                    await seat.press("escape")

        await seat.sees("lab plane")
        assert seat.record.runs() == ()


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
async def test_the_backend_changed_while_a_run_goes_on_is_for_the_next(sit: Sit, slow_lab: Course, open_lab: OpenLab):
    async with sit(course=slow_lab, size=(100, 30)) as seat:
        await open_lab(seat, "slow")
        await seat.press("enter")
        await seat.sees("running")
        await seat.press("b")
        await seat.sees("numpy · seed 0 · next run: tensorflow")
        await seat.press("x")

        await seat.until(lambda: [run.config["backend"] for run in seat.record.runs()] == ["numpy"])
