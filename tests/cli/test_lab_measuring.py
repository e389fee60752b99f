import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.test_measuring import DIVERGE, NOISE, RIVALRY

Run = Callable[..., Any]


@pytest.fixture
def lab(course_folder: Path) -> Callable[[str], None]:
    """Return what writes a lab into the tiny course."""

    def write(text: str) -> None:
        (course_folder / "labs" / "own").mkdir(exist_ok=True)
        (course_folder / "labs" / "own" / "lab.md").write_text(text)

    return write


@pytest.mark.slow
def test_a_grade_of_each_of_these_is_made_again_by_its_record(
    run: Run, lab: Callable[[str], None], course_folder: Path, tmp_path: Path
) -> None:
    for text, setting in ((NOISE, "batch_size=800"), (RIVALRY, "learning_rate=0.1"), (DIVERGE, "learning_rate=800")):
        lab(text)
        graded = run("lab", "grade", "own", "--set", setting, "--json", course=course_folder, home=tmp_path)
        (record,) = graded.records
        path = tmp_path / "grade.json"
        path.write_text(json.dumps(record))

        again = run("replay", str(path), course=course_folder, home=tmp_path)

        assert graded.status == 0
        assert record["score"]["points"] == record["score"]["out_of"]
        assert len(record["seeds"]) == 5
        assert again.status == 0, again.err


def test_a_record_that_claims_more_is_found_out(
    run: Run, lab: Callable[[str], None], course_folder: Path, tmp_path: Path
) -> None:
    lab(RIVALRY)
    (record,) = run(
        "lab", "grade", "own", "--set", "learning_rate=0.005", "--json", course=course_folder, home=tmp_path
    ).records
    record["score"]["points"] = 2
    path = tmp_path / "grade.json"
    path.write_text(json.dumps(record))

    assert run("replay", str(path), course=course_folder, home=tmp_path).status == 1


def test_a_budget_is_kept_at_the_command_line_and_a_grade_begins_it_anew(
    run: Run, lab: Callable[[str], None], course_folder: Path, tmp_path: Path
) -> None:
    lab(NOISE)
    where: dict[str, Any] = {"course": course_folder, "home": tmp_path}

    done = [run("lab", "run", "own", **where).status for _ in range(2)]
    third = run("lab", "run", "own", **where)
    run("lab", "grade", "own", **where)
    fourth = run("lab", "run", "own", **where)

    assert done == [1, 1]
    assert third.status == 2
    assert "The budget of 2 runs is spent." in third.err
    assert fourth.status == 1


def test_the_record_of_a_measurement_is_told_from_one_of_a_run(
    run: Run, lab: Callable[[str], None], course_folder: Path, tmp_path: Path
) -> None:
    lab(NOISE)
    told = run("lab", "run", "own", "--json", course=course_folder, home=tmp_path)
    path = tmp_path / "run.jsonl"
    path.write_text(told.out)

    again = run("replay", str(path), course=course_folder, home=tmp_path)

    assert [record["type"] for record in told.records] == ["start", *["trial"] * 6, "result"]
    assert again.status == 2
    assert "This is the record of a measurement." in again.err
