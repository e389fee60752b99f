import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.test_measuring import NOISE

Run = Callable[..., Any]


def test_the_way_of_a_run_is_told_with_its_start_its_end_and_places_between(
    run: Run, course_folder: Path, tmp_path: Path
) -> None:
    done = run("lab", "way", "bowl", "--set", "learning_rate=0.4", course=course_folder, home=tmp_path)

    whole, *places = done.out.splitlines()
    assert done.status == 0
    assert re.fullmatch(r"From 1 the run went to \S+ in 10 steps; the loss fell from 1 to \S+\.", whole)
    assert places[0] == (
        "Step 0 of 10: loss 1; this batch's gradient is 2 long, the full one 2, 0° apart."
    )  # the slope of w² at 1
    assert places[-1].startswith("Step 10 of 10: loss ")


def test_one_step_is_told_by_its_number(run: Run, course_folder: Path, tmp_path: Path) -> None:
    done = run("lab", "way", "bowl", "--set", "learning_rate=0.4", "--step", "1", course=course_folder, home=tmp_path)

    # The first step multiplies the parameter, 1, by 1 - 2 * 0.4; the loss is its square, and the slope twice it.
    assert done.out == ("Step 1 of 10: loss 0.04; this batch's gradient is 0.4 long, the full one 0.4, 0° apart.\n")


def test_the_way_as_json_has_every_place(run: Run, course_folder: Path, tmp_path: Path) -> None:
    (way,) = run("lab", "way", "bowl", "--json", course=course_folder, home=tmp_path).records

    assert way["type"] == "way"
    assert [place["step"] for place in way["places"]] == list(range(11))
    assert all(math.isclose(place["loss"], place["at"][0] ** 2) for place in way["places"])


@pytest.mark.parametrize("step", ["11", "-1"])
def test_a_step_that_the_run_does_not_have_is_refused(run: Run, course_folder: Path, tmp_path: Path, step: str) -> None:
    done = run("lab", "way", "bowl", "--step", step, course=course_folder, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert f"The run has steps 0 to 10; there is no step {step}." in done.err


def test_a_measurement_has_no_way(run: Run, course_folder: Path, tmp_path: Path) -> None:
    (course_folder / "labs" / "own").mkdir()
    (course_folder / "labs" / "own" / "lab.md").write_text(NOISE)

    done = run("lab", "way", "own", course=course_folder, home=tmp_path)

    assert done.status == 2
    assert "The lab own measures, it takes no steps." in done.err


def test_a_run_is_told_with_the_line_that_stands_under_its_picture(
    run: Run, course_folder: Path, tmp_path: Path
) -> None:
    done = run("lab", "run", "bowl", "--set", "learning_rate=0.4", "--plain", course=course_folder, home=tmp_path)

    assert "Falls fast, then levels off." in done.out
    assert "The gradient's length falls from 2 to " in done.out
    assert "The learning rate stays at 0.4." in done.out
