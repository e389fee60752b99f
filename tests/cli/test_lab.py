from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit.train.backends import tensorflow_is_available

Run = Callable[..., Any]
GOOD = ("lab", "run", "bowl", "--set", "learning_rate=0.4")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab") / "home"


@pytest.fixture(scope="module")
def met(run: Run, shared_course: Path, home: Path) -> Any:
    return run(*GOOD, "--seed", 7, "--json", course=shared_course, home=home)


@pytest.fixture(scope="module")
def diverged(run: Run, shared_course: Path, home: Path) -> Any:
    return run(
        *("lab", "run", "bowl", "--json", "--set", "learning_rate=1000", "--set", "steps=100"),
        course=shared_course,
        home=home,
    )


def test_a_run_is_told_as_start_steps_and_result(met: Any):
    start, *steps, result = met.records

    assert (met.status, met.err) == (0, "")
    assert start["type"] == "start"
    assert (start["config"]["learning_rate"], start["config"]["seed"], start["config"]["steps"]) == (0.4, 7, 10)
    assert [step["type"] for step in steps] == ["step"] * 10
    assert [step["step"] for step in steps] == list(range(1, 11))
    assert set(steps[0]) >= {"step", "loss", "validation_loss", "learning_rate"}
    assert (steps[0]["loss"], steps[0]["learning_rate"]) == (1.0, 0.4)
    assert result["type"] == "result"


def test_a_result_has_outcome_goals_and_score(met: Any):
    result = met.records[-1]

    assert result["outcome"] == "finished"
    for goal in result["goals"]:
        assert set(goal) >= {"metric", "bound", "value", "met", "points"}
    assert [(goal["metric"], goal["met"], goal["points"]) for goal in result["goals"]] == [
        ("validation_loss", True, 2.0),
        ("steps", True, 1.0),
    ]
    assert result["goals"][0]["value"] == pytest.approx(0.2**20)
    assert result["score"] == {"points": 3.0, "out_of": 3.0}


def test_the_same_command_gives_the_same_bytes_but_for_times(run: Run, met: Any, shared_course: Path, home: Path):
    again = run(*GOOD, "--seed", 7, "--json", course=shared_course, home=home)

    def timeless(done: Any) -> list[dict[str, Any]]:
        return [{key: value for key, value in record.items() if key != "seconds"} for record in done.records]

    assert timeless(again) == timeless(met)
    assert [list(record) for record in again.records] == [list(record) for record in met.records]


def test_a_missed_goal_is_status_1(run: Run, shared_course: Path, home: Path):
    done = run(*GOOD, "--set", "steps=50", "--json", course=shared_course, home=home)

    result = done.records[-1]
    assert (done.status, result["outcome"]) == (1, "finished")
    assert [goal["met"] for goal in result["goals"]] == [True, False]
    assert [goal["points"] for goal in result["goals"]] == [2.0, 0.0]
    assert result["score"] == {"points": 2.0, "out_of": 3.0}


def test_a_run_that_is_only_cheap_earns_nothing(run: Run, shared_course: Path, home: Path):
    done = run("lab", "run", "bowl", "--json", course=shared_course, home=home)

    result = done.records[-1]
    assert (done.status, result["outcome"]) == (1, "finished")
    assert [goal["met"] for goal in result["goals"]] == [False, False]
    assert result["score"] == {"points": 0.0, "out_of": 3.0}


def test_a_loss_that_is_no_number_is_diverged_and_still_json(diverged: Any):
    last, result = diverged.records[-2:]

    assert (diverged.status, diverged.err) == (1, "")
    assert (last["type"], last["validation_loss"]) == ("step", None)
    assert result["outcome"] == "diverged"
    assert not any(goal["met"] for goal in result["goals"])
    assert result["score"] == {"points": 0.0, "out_of": 3.0}


def test_every_run_is_recorded(run: Run, met: Any, diverged: Any, shared_course: Path, home: Path):
    progress = run("progress", "--json", course=shared_course, home=home).records

    (lab,) = [record for record in progress if record["type"] == "lab"]
    assert lab["name"] == "bowl"
    assert lab["runs"] >= 2
    assert (lab["points"], lab["out_of"]) == (3.0, 3.0)


def test_a_person_is_told_settings_goals_and_points(run: Run, shared_course: Path, home: Path):
    done = run(*GOOD, "--set", "steps=50", course=shared_course, home=home)

    assert (done.status, done.err) == (1, "")
    assert "Down a small bowl  (numpy, seed 0)" in done.out
    assert "learning_rate 0.4  steps 50  optimizer sgd" in done.out
    assert "✓ validation loss ≤ 0.001:" in done.out
    assert "✗ steps ≤ 20: 50, not met" in done.out
    assert done.out.endswith("Run finished. 2 of 3 points.\n")
    assert "\x1b" not in done.out


def test_a_lab_that_is_run_as_it_stands_says_what_it_is_about_first(run: Run, shared_course: Path, home: Path):
    as_it_stands = run("lab", "run", "bowl", course=shared_course, home=home)
    turned = run(*GOOD, course=shared_course, home=home)

    text, ran = as_it_stands.out.split("\nTurn a knob with --set: coursekit lab run bowl --set learning_rate=…\n")
    assert text.startswith("Down a small bowl\n\n")
    assert "\ngoal  validation loss ≤ " in text
    assert "\nlearning_rate   " in text
    assert "Down a small bowl  (numpy, seed 0)\n" in ran
    assert turned.out.startswith("Down a small bowl  (numpy, seed 0)\n")


def test_a_run_that_meets_every_goal_says_how_to_have_it_graded(run: Run, shared_course: Path, home: Path):
    met = run(*GOOD, course=shared_course, home=home)
    missed = run("lab", "run", "bowl", "--set", "learning_rate=0.01", course=shared_course, home=home)

    assert met.out.endswith("a grade takes five: coursekit lab grade bowl --set learning_rate=0.4\n")
    assert "coursekit lab grade" not in missed.out


def test_a_person_is_told_that_a_run_diverged(run: Run, shared_course: Path, home: Path):
    done = run("lab", "run", "bowl", "--set", "learning_rate=1e3", "--set", "steps=60", course=shared_course, home=home)

    assert done.status == 1
    assert "Run diverged: the loss is no longer a number. 0 of 3 points." in done.out


def test_without_a_home_to_write_to_the_result_stands_and_is_not_recorded(run: Run, shared_course: Path):
    done = run(*GOOD, "--json", course=shared_course, home=Path("/dev/null/home"))

    assert (done.status, done.records[-1]["outcome"]) == (0, "finished")
    assert done.err.startswith("coursekit: this run is not recorded. Your record cannot be kept in /dev/null/home:")
    assert len(done.err.splitlines()) == 1


@pytest.mark.slow
def test_tensorflow_reaches_the_same_losses(run: Run, met: Any, shared_course: Path, home: Path):
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")

    done = run(*GOOD, "--seed", 7, "--json", "--backend", "tensorflow", course=shared_course, home=home)

    theirs, ours = ([record["loss"] for record in each.records[1:-1]] for each in (done, met))
    assert (done.status, done.err) == (0, "")
    assert "tensorflow" in done.records[0]["versions"]
    assert theirs == pytest.approx(ours, rel=1e-6, abs=1e-12)
