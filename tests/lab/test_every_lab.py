"""Every shipped lab keeps its promises, on seeds that its author did not use."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import coursekit
from coursekit.course import open_course
from coursekit.lab.code.definition import load_any_lab
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.report import LabReport, follow, run_lab
from coursekit.lab.warm import Warm
from coursekit.train.backends import tensorflow_is_available

COURSE = open_course(Path(coursekit.__file__).parents[1])
SEEDS = (7, 1234)
NAMES = [name for name in COURSE.lab_names() if isinstance(load_any_lab(COURSE, name), Lab)]
every_lab = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def worker() -> Iterator[Warm]:
    """Return one process for all runs on TensorFlow, which takes seconds to start."""
    with closing(Warm(None)) as warm:
        yield warm


def report(lab: Lab, worker: Warm, settings: Mapping[str, Any], seed: int) -> LabReport:
    config = lab.configure(settings, seed=seed)
    if lab.needs == "tensorflow":
        if not tensorflow_is_available():
            pytest.skip("TensorFlow is not installed")
        with worker.run(config) as running:
            *_, last = follow(lab.goals, running)
    else:
        *_, last = run_lab(lab, config)
    assert isinstance(last, LabReport)
    return last


def reports(lab: Lab, worker: Warm, *all_settings: Mapping[str, Any]) -> dict[str, LabReport]:
    """Run each of the settings with each seed, two at a time."""
    wanted = [(settings, seed) for settings in all_settings for seed in SEEDS]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda each: report(lab, worker, *each), wanted)
    return {str(each): result for each, result in zip(wanted, done, strict=True)}


@every_lab
def test_a_lab_says_all_that_a_learner_needs(name: str) -> None:
    lab = load_lab(COURSE, name)

    assert lab.title
    assert lab.instructions
    assert lab.hints
    assert lab.explanation
    assert lab.knobs
    assert lab.goals
    assert lab.points > 0
    assert lab.pace > 0


@every_lab
def test_a_lab_proves_itself_with_a_solution_and_wrong_settings(name: str) -> None:
    lab = load_lab(COURSE, name)

    assert lab.solution
    assert lab.wrong


@every_lab
def test_every_knob_moves_both_ways_within_its_range(name: str) -> None:
    for knob in load_lab(COURSE, name).knobs:
        ends = {knob.nudge(knob.value, -1), knob.nudge(knob.value, 1)}

        assert ends - {knob.value}
        assert all(knob.read(str(end)) == end for end in ends)
        assert 0 <= knob.share(knob.value) <= 1


@every_lab
def test_a_lab_is_led_to_by_a_question(name: str) -> None:
    assert any(COURSE.question(question).lab == name for question in COURSE.topic_of)


@pytest.mark.slow
@every_lab
def test_a_lab_as_it_stands_misses_a_goal(name: str, worker: Warm) -> None:
    results = reports(load_lab(COURSE, name), worker, {})

    assert not [settings for settings, result in results.items() if result.is_passed]


@pytest.mark.slow
@every_lab
def test_the_solution_meets_every_goal(name: str, worker: Warm) -> None:
    lab = load_lab(COURSE, name)

    results = reports(lab, worker, lab.solution)

    assert {settings: [str(goal) for goal in result.goals if not goal.met] for settings, result in results.items()} == {
        settings: [] for settings in results
    }
    assert all(result.earned == result.out_of == lab.points - lab.naming for result in results.values())


@pytest.mark.slow
@every_lab
def test_wrong_settings_miss_a_goal(name: str, worker: Warm) -> None:
    lab = load_lab(COURSE, name)

    results = reports(lab, worker, *lab.wrong)

    assert not [settings for settings, result in results.items() if result.is_passed]
