"""A question of code on its page: what its lab has graded, and the verdict once it is graded."""

from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from tests.lab.code.conftest import STEP, WRITE, write_lab
from tests.tui.conftest import Seat, Sit

GOOD, TURNED = STEP["reference.py"], STEP["wrong/sign_turned.py"]


@pytest.fixture
def written(course_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Return the tiny course with a question of code and its lab; the app is started in an empty folder."""
    write_lab(course_folder, "step", STEP)
    (course_folder / "content" / "1-basics" / "2-written.md").write_text(WRITE, encoding="utf-8")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return open_course(course_folder)


async def _grade(seat: Seat, source: str, *said: str) -> None:
    """Write in the lab, have it graded, and come back."""
    Path("step.py").write_text(source)
    await seat.press("l")
    await seat.until(lambda: seat.screen == "CodeLabScreen")
    await seat.press("g")
    await seat.sees(*said)
    await seat.press("escape")
    await seat.until(lambda: seat.screen == "QuestionScreen")


async def test_the_page_says_how_it_is_done_and_enter_opens_the_lab(sit: Sit, written: Course):
    async with sit("write-step", course=written) as seat:
        await seat.sees(
            "Write sgd_step in your editor;", "Lab", "step, not graded yet; it gives you a file to begin in"
        )
        assert seat.bar.split()[:2] == ["l", "lab"]
        assert "submit" not in seat.bar
        await seat.press("enter")

        await seat.sees("lab step", "Press s to put the starter into step.py")
        assert seat.record.attempts() == ()


@pytest.mark.slow
async def test_a_hint_that_was_read_in_the_lab_counts_in_the_attempt(sit: Sit, written: Course):
    async with sit("write-step", course=written, size=(80, 40)) as seat:
        Path("step.py").write_text(GOOD)
        await seat.press("l")
        await seat.until(lambda: seat.screen == "CodeLabScreen")
        await seat.press("h", "g")
        await seat.sees("6 of 6 points")
        await seat.press("escape")

        await seat.sees("2 of 2 points · 1 hint used · due again")
        assert [attempt.hints for attempt in seat.record.attempts()] == [1]


@pytest.mark.slow
async def test_a_hint_counts_also_after_its_lab_was_left_until_all_points_are_earned(sit: Sit, written: Course):
    async with sit("write-step", course=written, size=(80, 40)) as seat:
        await seat.press("l")
        await seat.until(lambda: seat.screen == "CodeLabScreen")
        await seat.press("h", "escape")
        await seat.until(lambda: seat.screen == "QuestionScreen")

    async with sit("write-step", course=written, size=(80, 40)) as seat:
        await seat.press("l")
        await seat.sees("Hint 1")
        await seat.press("escape")
        for source, said in ((TURNED, "1 of 6 points"), (GOOD, "6 of 6 points"), (TURNED, "1 of 6 points")):
            await _grade(seat, source, said)
            await seat.until(lambda: seat.record.attempts())

        await seat.until(lambda: len(seat.record.attempts()) == 3)
        assert [attempt.hints for attempt in seat.record.attempts()] == [1, 1, 0]


@pytest.mark.slow
async def test_a_full_grade_is_the_right_response(sit: Sit, written: Course):
    async with sit("write-step", course=written, size=(80, 40)) as seat:
        await _grade(seat, GOOD, "6 of 6 points")

        await seat.sees("✓ right, as the lab found", "2 of 2 points · due again")
        await seat.sees("at the last grade sgd_step earned 6 of 6 points", "The gradient points up.")
        assert [(attempt.mark, attempt.points) for attempt in seat.record.attempts()] == [(1, 2)]
        await seat.press("n")
        await seat.sees("1 question in 1 minute: 1 right", "2 of 2 points")


@pytest.mark.slow
async def test_a_better_grade_takes_the_place_of_the_first(sit: Sit, written: Course):
    async with sit("write-step", course=written, size=(80, 40)) as seat:
        await _grade(seat, TURNED, "1 of 6 points")
        await seat.sees("≈ partly right", "0.33 of 2 points")
        await _grade(seat, GOOD, "6 of 6 points")

        await seat.sees("✓ right", "2 of 2 points")
        assert "0.33" not in seat.text
        assert seat.text.count("The gradient points up.") == 1
        await seat.press("n")
        await seat.sees("1 question in 1 minute: 1 right", "2 of 2 points")
        assert len(seat.record.attempts()) == 2


@pytest.mark.slow
async def test_a_file_that_gives_no_result_leaves_the_question_open(sit: Sit, written: Course):
    async with sit("write-step", course=written) as seat:
        await _grade(seat, STEP["starter.py"], "0 of 6 points")

        await seat.sees("at the last grade sgd_step gave no result; 0 of 6 points in all", "l lab")
        assert "✗" not in seat.text
        assert seat.record.attempts() == ()
