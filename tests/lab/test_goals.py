import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.fields import Fields
from coursekit.lab.definition import read_lab
from coursekit.lab.goals import METRICS, Goal, Rival, known_goal, read_goals
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, run_lab
from tests.cli.test_lab_grade import DIGITS


def run(*losses: float, validation: float | None = 0.1) -> list[Point]:
    return [Point(i, loss, validation, 0.1, 32 * i, 1.0, 0.01) for i, loss in enumerate(losses, 1)]


def goals(text: str) -> tuple[Goal, ...]:
    return read_goals(Fields.parse(text, path="lab.md", line=2), "goals")


def value(metric: str, points: list[Point]) -> float:
    return Goal(metric, 1.0, True, 1.0).result(points).value


def test_each_metric_reads_the_run() -> None:
    points = run(*[9.0] * 10, *[1.0] * 5, *[2.0] * 5)

    assert value("steps", points) == 20
    assert value("examples", points) == 640
    assert value("training_loss", points) == 1.5
    assert value("validation_loss", points) == 0.1


def test_the_accuracy_is_the_last_that_was_measured() -> None:
    points = [*run(1.0), run(1.0)[0]._replace(accuracy=0.9), *run(1.0)]

    assert value("accuracy", points) == 0.9
    assert math.isnan(value("accuracy", run(1.0)))
    assert not Goal("accuracy", 0.0, False, 1.0).result(run(1.0)).met


@pytest.mark.slow
def test_a_real_run_reports_its_accuracy(tmp_path: Path) -> None:
    path = tmp_path / "labs" / "digits" / "lab.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        DIGITS.replace("BOUND", "9").replace(
            "{metric: steps, at_most: 20, points: 1}", "{metric: accuracy, at_least: 0.5}"
        )
    )
    lab = read_lab(path)

    *_, report = run_lab(lab, lab.configure({"learning_rate": 1.0}))

    assert isinstance(report, LabReport)
    goal = next(result for result in report.goals if result.goal.metric == "accuracy")
    assert 0.5 < goal.value <= 1
    assert goal.value * 360 == pytest.approx(round(goal.value * 360))  # of 360 digits


def test_the_last_validation_loss_counts_where_the_last_step_has_none() -> None:
    points = [*run(1.0, validation=0.3), *run(1.0, validation=0.2), *run(1.0, validation=None)]

    assert value("validation_loss", points) == 0.2
    assert math.isnan(value("validation_loss", run(1.0, validation=None)))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("is_at_most", [True, False])
@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_no_number_meets_nothing(metric: str, is_at_most: bool, loss: float) -> None:
    bound = 1e9 if is_at_most else -1e9

    result = Goal(metric, bound, is_at_most, 1.0).result(run(1.0, loss, validation=loss))

    assert not result.met
    assert result.earned == 0


@given(bound=st.floats(-10, 10), reached=st.floats(-10, 10))
def test_a_bound_is_met_from_its_own_side_and_at_the_bound(bound: float, reached: float) -> None:
    points = run(1.0, validation=reached)

    assert Goal("validation_loss", bound, True, 1.0).result(points).met == (reached <= bound)
    assert Goal("validation_loss", bound, False, 1.0).result(points).met == (reached >= bound)
    assert Goal("validation_loss", bound, True, 1.0).result(run(1.0, validation=bound)).met


def test_a_goal_and_its_result_read_as_a_sentence() -> None:
    result = Goal("examples", 20000, True, 1.0).result(run(1.0))

    assert str(result.goal) == "examples ≤ 20,000"
    assert str(result) == "examples ≤ 20,000: 32, met"
    assert str(Goal("training_loss", 0.5, False, 1.0).result(run(0.1))) == "training loss ≥ 0.5: 0.1, not met"


def test_goals_are_read_in_order_with_points_of_one_by_default() -> None:
    found = goals("goals:\n  - {metric: validation_loss, at_most: 2e-1, points: 3}\n  - {metric: steps, at_least: 5}")

    assert found == (Goal("validation_loss", 0.2, True, 3.0), Goal("steps", 5.0, False, 1.0))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: T", 2, "A lab needs goals"),
        ("title: T\ngoals: []", 3, "A lab needs goals"),
        ("title: T\ngoals: low", 3, "Write each goal as"),
        ("goals:\n  - {metric: loss, at_most: 1}", 3, "'metric' has no 'loss'. There are: accuracy, examples"),
        ("goals:\n  - {metric: steps}", 3, "A goal needs one bound"),
        ("goals:\n  - metric: steps\n    at_most: 1\n    at_least: 0", 3, "A goal needs one bound"),
        ("goals:\n  - metric: steps\n    at_most: few", 4, "'at_most' must be a number"),
        ("goals:\n  - metric: steps\n    at_most: 1\n    points: 0", 5, "'points' must be above 0"),
        ("goals:\n  - metric: steps\n    at_most: 1\n    point: 2", 5, "Unknown field 'point'. Did you mean 'points'"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        goals(text)

    assert said in caught.value.message
    assert caught.value.line == line


def test_a_goal_and_its_result_are_written_as_json() -> None:
    goal = Goal("steps", 20.0, True, 2.0)

    assert goal.to_json() == {"metric": "steps", "bound": 20.0, "is_at_most": True, "points": 2.0}
    assert goal.result(run(0.1)).to_json() == goal.to_json() | {"value": 1.0, "met": True, "points": 2.0, "out_of": 2.0}
    assert goal.result([]).to_json() == goal.to_json() | {"value": None, "met": False, "points": 0.0, "out_of": 2.0}


RIVAL = Rival("A", {"model": "softmax"})


def test_a_goal_to_stay_below_another_run_is_met_strictly_below_it() -> None:
    goal = Goal("validation_loss", 0.1, True, 2.0, RIVAL)

    assert goal.result(run(1.0, validation=0.09)).met
    assert not goal.result(run(1.0, validation=0.1)).met
    assert str(goal.result(run(1.0, validation=0.2))) == "validation loss < run A's 0.1: 0.2, not met"
    assert str(Goal("validation_loss", math.nan, True, 2.0, RIVAL)) == "validation loss < run A's"
    assert not Goal("validation_loss", math.nan, True, 2.0, RIVAL).result(run(1.0)).met


def test_a_goal_to_diverge_is_met_by_a_loss_that_grows_or_breaks() -> None:
    goal = Goal("diverges", 1.0, False, 1.0)

    assert goal.result(run(1.0, math.nan)).met
    assert goal.result(run(1.0, 1.5, 2.1, validation=None)).met
    assert not goal.result(run(1.0, 1.5, 0.1, validation=None)).met
    assert not goal.result([]).met
    assert str(goal) == "the run diverges"


def test_a_goal_that_asks_for_divergence_or_a_rival_is_read() -> None:
    text = "goals:\n  - {diverges: true, points: 2}\n  - {metric: validation_loss, lower_than: A}"

    found = read_goals(Fields.parse(text, path="lab.md", line=2), "goals", rivals={"A": RIVAL})

    assert found[0] == Goal("diverges", 1.0, False, 2.0)
    assert found[1].rival == RIVAL


@pytest.mark.parametrize("goal", [Goal("diverges", 1.0, False, 1.0), Goal("steps", 9.0, True, 2.0)])
def test_a_goal_is_known_again_by_its_json(goal: Goal) -> None:
    assert known_goal(goal.to_json(), tuple(METRICS)) == goal


def test_a_goal_with_a_rival_is_known_again_without_its_bound() -> None:
    found = known_goal(Goal("training_loss", 0.3, True, 1.0, RIVAL).to_json(), tuple(METRICS))

    assert found.rival == RIVAL
    assert math.isnan(found.bound)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("goals:\n  - {diverges: 1}", "Write '{diverges: true}'"),
        ("goals:\n  - {metric: steps, lower_than: B}", "There is no run 'B'. There are: A."),
        ("goals:\n  - {metric: steps, lower_than: A, at_most: 1}", "A goal needs one bound"),
        ("goals:\n  - {diverges: true, at_most: 1}", "Unknown field 'at_most'"),
    ],
)
def test_a_wrong_goal_of_these_forms_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_goals(Fields.parse(text, path="lab.md", line=2), "goals", rivals={"A": RIVAL})

    assert said in caught.value.message
