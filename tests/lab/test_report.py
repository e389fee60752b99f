import math
from dataclasses import replace
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.point import Point, read_point
from coursekit.lab.report import LabReport, Started, judge, run_lab


@pytest.fixture
def bowl(course: Course) -> Lab:
    return load_lab(course, "bowl")


def point(step: int, validation_loss: float | None, loss: float = 0.5) -> Point:
    return Point(step, loss, validation_loss, 0.1, step, 1.0, 0.01)


def test_a_run_is_told_as_its_start_its_steps_and_its_report(bowl: Lab, tmp_path: Path) -> None:
    start, *steps, report = run_lab(bowl, bowl.configure(bowl.solution), tmp_path / "log")

    assert isinstance(start, Started)
    assert start.config["learning_rate"] == 0.4
    assert "numpy" in start.provenance["versions"]
    assert isinstance(report, LabReport)
    assert report.points == tuple(steps)
    assert [each.step for each in report.points] == list(range(1, 11))


def test_a_run_that_reaches_the_bottom_earns_all(bowl: Lab) -> None:
    *_, report = run_lab(bowl, bowl.configure(bowl.solution))

    assert isinstance(report, LabReport)
    assert (report.outcome, report.is_passed) == ("finished", True)
    assert (report.earned, report.out_of) == (3, 3)


def test_a_run_that_diverges_is_an_ordinary_result_that_meets_nothing(bowl: Lab) -> None:
    *_, report = run_lab(bowl, bowl.configure({"learning_rate": 1000, "steps": 100}))

    assert isinstance(report, LabReport)
    assert (report.outcome, report.is_passed, report.earned) == ("diverged", False, 0)
    assert "validation loss ≤ 0.001: " in str(report.goals[0])
    assert all(len(str(result)) < 80 for result in report.goals)


def test_the_same_seed_gives_the_same_run(bowl: Lab) -> None:
    first, second = ([*run_lab(bowl, bowl.configure({}, seed=7))][-1] for _ in range(2))

    assert isinstance(first, LabReport)
    assert isinstance(second, LabReport)
    assert [p[:6] for p in first.points] == [p[:6] for p in second.points]


@pytest.mark.parametrize("outcome", ["stopped", "diverged"])
def test_a_run_that_did_not_finish_meets_no_goal(bowl: Lab, outcome: str) -> None:
    reached = [point(1, 1e-9)]

    assert judge(bowl.goals, reached, "finished").is_passed
    assert judge(bowl.goals, reached, outcome).earned == 0
    assert f"the run {outcome}" in str(judge(bowl.goals, reached, outcome).goals[0])


def test_a_cheap_run_that_reached_nothing_earns_nothing(bowl: Lab) -> None:
    report = judge(bowl.goals, [point(1, 0.9)], "finished")

    assert report.earned == 0
    assert str(report.goals[1]) == "steps ≤ 20: 1, counts once the other goals are met"


def test_a_dear_run_that_reached_the_bottom_earns_a_part(bowl: Lab) -> None:
    report = judge(bowl.goals, [point(21, 1e-9)], "finished")

    assert (report.earned, report.out_of, report.is_passed) == (2, 3, False)


def test_a_run_without_steps_meets_nothing(bowl: Lab) -> None:
    assert judge(bowl.goals, [], "finished").earned == 0
    assert judge(bowl.goals, [], "stopped").earned == 0


def test_the_points_of_a_lab_are_those_of_its_goals(bowl: Lab) -> None:
    assert bowl.points == judge(bowl.goals, [], "stopped").out_of == 3
    assert replace(bowl, goals=bowl.goals[:1]).points == 2


def test_null_in_a_record_is_not_a_number() -> None:
    record = dict.fromkeys(("loss", "validation_loss", "gradient_norm"))
    found = read_point({**record, "step": 1, "learning_rate": 0.1, "examples": 8, "seconds": 0.1})

    assert math.isnan(found.loss)
    assert math.isnan(found.gradient_norm)
    assert found.validation_loss is None
    assert found.as_step().step == 1
