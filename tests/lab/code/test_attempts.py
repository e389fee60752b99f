"""A grade of a lab of code is an attempt at the questions that ask for its functions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coursekit.course import Course, open_course
from coursekit.lab.code.attempts import earned_by, written_for
from coursekit.session import code_line, submit_written, written_attempt
from coursekit.store.labs import LabGrade
from coursekit.store.store import Store, open_store
from tests.lab.code.conftest import WRITE

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def written(code_folder: Path) -> Course:
    """Return the course with a question that the lab `step` grades."""
    (code_folder / "content" / "1-basics" / "2-written.md").write_text(WRITE, encoding="utf-8")
    return open_course(code_folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "home", "tiny", NOW)
    yield store
    store.close()


def check(name: str, verdict: str, points: float, call: str = "sgd_step") -> dict[str, Any]:
    return {"name": name, "call": call, "points": points, "verdict": verdict, "earned": points * (verdict == "passed")}


def grade(*verdicts: str, at: datetime = NOW) -> LabGrade:
    """Return a grade of the lab `step`, whose checks have 2, 1 and 3 points."""
    checks = [check(str(n), verdict, n) for verdict, n in zip(verdicts, (2, 1, 3), strict=True)]
    points = sum(each["earned"] for each in checks)
    return LabGrade("step", {"code": "def sgd_step(): …", "seed": 1}, {}, tuple(checks), points, 6, at)


def test_a_function_earns_what_its_own_checks_give():
    checks = [check("a", "passed", 2), check("b", "failed", 2), check("c", "passed", 5, call="batches")]

    earned = earned_by("sgd_step", checks)

    assert (earned.points, earned.out_of, earned.fraction, earned.has_result) == (2, 4, 0.5, True)
    assert earned_by("nothing", checks).fraction == 0
    assert not earned_by("nothing", checks).has_result


def test_the_questions_of_a_lab_are_found(written: Course):
    assert [(question.id, body.entry) for question, body in written_for(written, "step")] == [
        ("write-step", "sgd_step")
    ]
    assert list(written_for(written, "batches")) == []


@pytest.mark.parametrize(
    ("verdicts", "mark"),
    [(("passed", "passed", "passed"), 1), (("passed", "passed", "failed"), 0.5), (("failed", "error", "failed"), 0)],
)
def test_a_grade_is_an_attempt_with_its_share_of_the_points(
    written: Course, store: Store, verdicts: tuple[str, ...], mark: float
):
    (submitted,) = submit_written(store, written, grade(*verdicts))

    (attempt,) = store.attempts("write-step")
    assert (attempt.mark, attempt.points, attempt.is_suggestion) == (mark, 2, False)
    assert attempt.response == ("def sgd_step(): …",)
    assert submitted.attempt == attempt
    assert store.card("write-step") is not None


def test_a_function_without_any_result_is_no_attempt(written: Course, store: Store):
    assert submit_written(store, written, grade("error", "error", "error")) == ()
    assert store.attempts() == ()


def test_the_same_grade_counts_again_once_the_question_is_due(written: Course, store: Store):
    right = ("passed", "passed", "passed")

    counted = [
        len(submit_written(store, written, grade(*verdicts, at=NOW + timedelta(minutes=minutes))))
        for verdicts, minutes in (
            (right, 0),
            (right, 1),
            (("failed", "passed", "passed"), 2),
            (right, 3),
            (right, 60 * 24 * 300),
        )
    ]

    assert counted == [1, 0, 1, 1, 1]


def test_what_was_graded_is_said_of_the_function_and_of_the_lab(store: Store):
    assert code_line(store, "step", "sgd_step").startswith("not graded yet")
    store.add_grade(grade("passed", "failed", "passed"))
    assert code_line(store, "step", "sgd_step") == (
        "at the last grade `sgd_step` earned 5 of 6 points; 5 of 6 points in all"
    )
    store.add_grade(grade("error", "error", "error"))
    assert code_line(store, "step", "sgd_step") == "at the last grade `sgd_step` gave no result; 0 of 6 points in all"


def test_only_an_attempt_that_is_newer_is_returned(written: Course, store: Store):
    question = written.question("write-step")
    assert written_attempt(store, question, 0) is None

    (submitted,) = submit_written(store, written, grade("passed", "passed", "failed"))
    found = written_attempt(store, question, 0)

    assert found is not None
    assert (found.attempt.id, found.mark.fraction, found.is_revealed) == (submitted.attempt.id, 0.5, True)
    assert written_attempt(store, question, found.attempt.id) is None
