"""A lab graded from its screen: fresh seeds, the median, kept before it is shown."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.store.labs import LabGrade
from coursekit.store.store import open_store
from tests.lab.test_faults import SICK
from tests.tui.conftest import Seat, Sit

Trainers = Callable[[int], list[int]]


def grades(home: Path) -> tuple[LabGrade, ...]:
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        return store.grades()


@pytest.fixture
def long_lab(slow_lab: Course) -> Course:
    """Return the course with a lab whose runs last some seconds even at full speed."""
    path = slow_lab.folder / "labs" / "slow" / "lab.md"
    path.write_text(path.read_text(encoding="utf-8").replace("steps: 5000", "steps: 300000"), encoding="utf-8")
    return slow_lab


async def open_bowl(seat: Seat) -> None:
    await seat.press("l", "enter")
    await seat.sees("lab bowl")


async def test_g_grades_the_settings_on_five_seeds_and_keeps_the_grade(sit: Sit, home: Path):
    async with sit(size=(100, 30)) as seat:
        await open_bowl(seat)
        await seat.press("r", "g")

        await seat.sees("Grade: 0 of 3 points", "the median of 5 seeds", "✗ ✗ ✗ ✗ ✗")
        (grade,) = grades(home)
        assert (grade.lab, grade.points, grade.out_of) == ("bowl", 0, 3)
        assert grade.results[0]["seed"] == 0
        assert len({result["seed"] for result in grade.results}) == 5


async def test_a_grade_goes_on_beside_the_screen_and_can_be_stopped(
    sit: Sit, long_lab: Course, home: Path, trainers: Trainers
):
    async with sit(course=long_lab, size=(100, 30)) as seat:
        await seat.press("l", "down", "enter")
        await seat.sees("lab slow")
        await seat.press("g")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.sees("x stop")
        await seat.press("x")

        await seat.until(lambda: not trainers(os.getpid()))
        assert "Grading" not in seat.text
        assert grades(home) == ()


async def test_leaving_the_lab_ends_its_grade(sit: Sit, long_lab: Course, home: Path, trainers: Trainers):
    async with sit(course=long_lab, size=(100, 30)) as seat:
        await seat.press("l", "down", "enter")
        await seat.sees("lab slow")
        await seat.press("g")
        await seat.until(lambda: trainers(os.getpid()))
        await seat.press("escape")
        await seat.sees("A grade goes on.", "lab slow")
        await seat.press("escape")

        await seat.until(lambda: not trainers(os.getpid()))
        assert grades(home) == ()


async def test_the_fault_of_a_run_is_named_and_counts_in_its_grade(sit: Sit, course_folder: Path, home: Path):
    (course_folder / "labs" / "a-sick-one").mkdir()
    (course_folder / "labs" / "a-sick-one" / "lab.md").write_text(SICK, encoding="utf-8")

    async with sit(course=open_course(course_folder), size=(100, 30)) as seat:
        await seat.press("l", "enter")
        await seat.sees("lab a-sick-one", "name the fault (f)", "2 pt")
        await seat.press("f")
        await seat.sees("What is wrong with this run?", "The rate is too high.")
        await seat.press("2", "enter")
        await seat.sees("fault 2 named")
        await seat.press("g")

        await seat.sees("Grade: 2 of 5 points", "✓    fault 2 named")
        (grade,) = grades(home)
        assert (grade.points, grade.out_of, grade.settings["fault"]) == (2, 5, 2)


async def test_a_lab_without_faults_says_so(sit: Sit):
    async with sit(size=(100, 30)) as seat:
        await open_bowl(seat)
        await seat.press("f")

        await seat.sees("This run is not to be diagnosed")


async def test_a_question_shows_its_lab_s_grade_apart_and_together(sit: Sit, home: Path):
    async with sit("pick-one", size=(100, 40)) as seat:
        await seat.press("l")
        await seat.sees("lab bowl")
        await seat.press("g")
        await seat.sees("Grade: 0 of 3 points")
        await seat.press("escape", "2", "enter")

        await seat.sees("✓ right   1 of 1 point", "graded 0 of 3 points there; with this response 1 of 4")
