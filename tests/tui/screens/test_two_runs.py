"""A prediction about two runs: the second is drawn over the first, and both are told in words."""

from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.lab.definition import load_lab
from coursekit.lab.lock import Locked, made_by, write_lock
from tests.tui.conftest import Sit

TOPIC = Path("content") / "1-basics" / "1-steps.md"


@pytest.fixture
def two_runs(course_folder: Path) -> Course:
    path = course_folder / TOPIC
    before, after = path.read_text().split("run: {learning_rate: 1.5, steps: 20}\nask: outcome")
    runs = "runs: [{learning_rate: 0.4, steps: 20}, {learning_rate: 0.05, steps: 10}]\nask: which_is_lower"
    options = "- converges\n- oscillates\n- diverges\n"
    path.write_text(before + runs + after.replace(options, "- a rate of 0.4\n- a rate of 0.05\n"))
    course = open_course(course_folder)
    made = made_by(course.question("guess-run"), load_lab(course, "bowl"))
    write_lock(course, {"guess-run": Locked(made, "1")})
    return course


async def test_both_runs_are_made_and_the_lower_one_is_the_key(sit: Sit, two_runs: Course):
    async with sit("guess-run", course=two_runs, size=(80, 50)) as seat:
        await seat.press("2", "enter", "space")

        await seat.sees("You predict: a rate of 0.05", "✗ wrong", "✓ key")
        await seat.sees("Run 1, a rate of 0.4, dotted:", "Run 2, a rate of 0.05, drawn:")
        assert [(a.response, a.mark) for a in seat.record.attempts()] == [(("2",), 0)]
        await seat.sees("by the runs it is a rate of 0.4")


async def test_the_first_run_stays_as_a_ghost_behind_the_second(sit: Sit, two_runs: Course):
    async with sit("guess-run", course=two_runs, size=(80, 50)) as seat:
        await seat.press("1", "enter")
        await seat.sees("Run 1, a rate of 0.4, dotted:")
        await seat.until(lambda: any("⠉" in line or "⣀" in line or "⠒" in line for line in seat.lines))

        await seat.sees("✓ right", "Run 2, a rate of 0.05, drawn:")
