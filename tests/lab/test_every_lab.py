"""Every shipped lab keeps its promises, on seeds that its author did not use."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import coursekit
from coursekit.course import open_course
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.report import LabReport, run_lab

COURSE = open_course(Path(coursekit.__file__).parents[1])
SEEDS = (7, 1234)
every_lab = pytest.mark.parametrize("name", COURSE.lab_names())


def report(lab: Lab, settings: Mapping[str, Any], seed: int) -> LabReport:
    *_, last = run_lab(lab, lab.configure(settings, seed=seed))
    assert isinstance(last, LabReport)
    return last


def reports(lab: Lab, *all_settings: Mapping[str, Any]) -> dict[str, LabReport]:
    """Run each of the settings with each seed, two at a time."""
    wanted = [(settings, seed) for settings in all_settings for seed in SEEDS]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda each: report(lab, *each), wanted)
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
def test_a_lab_as_it_stands_misses_a_goal(name: str) -> None:
    results = reports(load_lab(COURSE, name), {})

    assert not [settings for settings, result in results.items() if result.is_passed]


@pytest.mark.slow
@every_lab
def test_the_solution_meets_every_goal(name: str) -> None:
    lab = load_lab(COURSE, name)

    results = reports(lab, lab.solution)

    assert {settings: [str(goal) for goal in result.goals if not goal.met] for settings, result in results.items()} == {
        settings: [] for settings in results
    }
    assert all(result.earned == result.out_of == lab.points - lab.naming for result in results.values())


@pytest.mark.slow
@every_lab
def test_wrong_settings_miss_a_goal(name: str) -> None:
    lab = load_lab(COURSE, name)

    results = reports(lab, *lab.wrong)

    assert not [settings for settings, result in results.items() if result.is_passed]
