"""Labs that measure, rivals and budgets: told and judged, with real processes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.errors import ContentError, UsageError
from coursekit.lab.budget import runs_left
from coursekit.lab.definition import Lab, read_lab
from coursekit.lab.report import LabReport, Started, Trial, run_lab
from coursekit.store.labs import LabGrade, LabRun

NOISE = """\
---
title: Noise
config: {probe: {name: gradient-noise, batch_size: 8, draws: 20}}
knobs:
  batch_size: {min: 1, max: 1437, scale: log, sets: probe.batch_size}
goals:
  - {metric: noise, at_most: 0.5, points: 2}
  - {metric: examples, at_most: 900, points: 1}
budget: 2
solution: {batch_size: 800}
wrong:
  - {batch_size: 8}
---

Measure it.
"""
RIVALRY = """\
---
title: Below A
config: {model: softmax, data: digits, optimizer: sgd, learning_rate: 0.1, batch_size: 32, steps: 20, eval_every: 20}
knobs:
  learning_rate: {min: 0.001, max: 1000, scale: log}
runs:
  A: {learning_rate: 0.01}
goals:
  - {metric: validation_loss, lower_than: A, points: 2}
solution: {learning_rate: 0.1}
wrong:
  - {learning_rate: 0.005}
---

Stay below.
"""
DIVERGE = RIVALRY.replace("runs:\n  A: {learning_rate: 0.01}\n", "").replace(
    "  - {metric: validation_loss, lower_than: A, points: 2}",
    "  - {diverges: true}\n  - {metric: learning_rate, at_most: 900}",
)


@pytest.fixture
def lab(course_folder: Path) -> Callable[[str], Lab]:
    """Return what writes a lab into the tiny course and reads it."""

    def write(text: str) -> Lab:
        (course_folder / "labs" / "own").mkdir(exist_ok=True)
        (course_folder / "labs" / "own" / "lab.md").write_text(text)
        return read_lab(course_folder / "labs" / "own" / "lab.md")

    return write


def report(lab: Lab, **settings: float) -> LabReport:
    *_, last = run_lab(lab, lab.configure(settings, seed=3))
    assert isinstance(last, LabReport)
    return last


def test_a_measurement_tells_its_start_its_trials_and_what_they_are_worth(lab: Callable[[str], Lab]) -> None:
    noise = lab(NOISE)

    start, *trials, last = run_lab(noise, noise.configure({"batch_size": 800}, seed=3))

    assert isinstance(start, Started)
    assert isinstance(last, LabReport)
    assert all(isinstance(trial, Trial) for trial in trials)
    assert last.trials == tuple(trials)
    assert last.trials[-1].cells["batch_size"] == 800
    assert (last.earned, last.steps, last.outcome) == (3, 6, "finished")
    assert report(noise, batch_size=1437).earned == 2
    assert report(noise, batch_size=8).earned == 0


def test_a_run_is_held_against_the_labs_own_with_its_seed(lab: Callable[[str], Lab]) -> None:
    below = lab(RIVALRY)
    rival = report(lab(RIVALRY.replace("lower_than: A", "at_most: 9")), learning_rate=0.01)

    result = report(below, learning_rate=0.1)

    assert result.earned == 2
    assert result.goals[0].goal.bound == rival.goals[0].value
    assert report(below, learning_rate=0.005).earned == 0
    assert report(below, learning_rate=0.01).earned == 0


def test_a_run_that_is_to_diverge_earns_its_points_by_it(lab: Callable[[str], Lab]) -> None:
    diverge = lab(DIVERGE)

    assert report(diverge, learning_rate=800).earned == 2
    assert report(diverge, learning_rate=1000).earned == 1
    assert report(diverge, learning_rate=0.1).earned == 0


def test_runs_since_the_last_grade_count_and_those_before_it_do_not(lab: Callable[[str], Lab]) -> None:
    noise, now = lab(NOISE), datetime(2026, 11, 1, tzinfo=UTC)
    runs = [LabRun("own", {}, {}, "finished", (), 0, 3, 6, now + timedelta(hours=hour)) for hour in (0, 2)]
    grade = LabGrade("own", {}, {}, (), 0, 3, now + timedelta(hours=1))

    assert runs_left(noise, [], []) == 2
    assert runs_left(noise, runs, []) == 0
    assert runs_left(noise, runs, [grade]) == 1
    assert runs_left(lab(RIVALRY), runs, []) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("metric: noise,", "metric: validation_loss,", "'metric' has no 'validation_loss'"),
        ("metric: noise, at_most: 0.5,", "diverges: true,", "for a training run that is to diverge"),
        ("budget: 2", "budget: 0", "'budget' must be a whole number of runs from 1 to 100, got 0."),
        ("name: gradient-noise", "name: gradient-nose", "Did you mean 'gradient-noise'"),
    ],
)
def test_what_is_wrong_with_a_measurement_is_named(lab: Callable[[str], Lab], old: str, new: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        lab(NOISE.replace(old, new))

    assert said in caught.value.message


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("A: {learning_rat: 1}", "turns 'learning_rat', which is no knob. Did you mean 'learning_rate'"),
        ("A: {learning_rate: 2000}", "learning_rate can be 0.001 to 1000; got '2000'."),
        ("B: {learning_rate: 1}", "There is no run 'A'. There are: B."),
    ],
)
def test_what_is_wrong_with_a_rival_is_named(lab: Callable[[str], Lab], new: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        lab(RIVALRY.replace("A: {learning_rate: 0.01}", new))

    assert said in caught.value.message


def test_nothing_can_be_predicted_of_a_measurement(lab: Callable[[str], Lab]) -> None:
    with pytest.raises(UsageError, match="The lab own measures, it does not train"):
        lab(NOISE).configure_training({})
