import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median_low
from typing import Any

import pytest

from coursekit.model import Attempt
from coursekit.store.store import open_store
from tests.lab.test_faults import SICK

Run = Callable[..., Any]
GOOD = ("--set", "learning_rate=0.4")

DIGITS = """\
---
title: Digits
config: {model: softmax, data: digits, optimizer: sgd, learning_rate: 0.1, batch_size: 8, steps: 20, eval_every: 20}
knobs:
  learning_rate: {min: 0.0001, max: 4, scale: log}
goals:
  - {metric: validation_loss, at_most: BOUND, points: 2}
  - {metric: steps, at_most: 20, points: 1}
solution: {learning_rate: 1.0}
wrong:
  - {learning_rate: 0.001}
---

Read them.
"""


@pytest.fixture
def digits(course_folder: Path) -> Callable[[str], Path]:
    """Return what writes a lab on real data, with a bound of its own, into the tiny course."""

    def write(bound: str) -> Path:
        (course_folder / "labs" / "digits").mkdir(exist_ok=True)
        (course_folder / "labs" / "digits" / "lab.md").write_text(DIGITS.replace("BOUND", bound))
        return course_folder

    return write


@pytest.mark.slow
def test_a_grade_is_the_median_over_the_shown_seed_and_fresh_ones(
    run: Run, digits: Callable[[str], Path], tmp_path: Path
):
    folder = digits("2.0")  # which a rate of 0.1 meets with some seeds and misses with others
    graded = [run("lab", "grade", "digits", "--json", course=folder, home=tmp_path) for _ in range(2)]

    for done in graded:
        (record,) = done.records
        earned = [seed["points"] for seed in record["seeds"]]
        assert record["type"] == "grade"
        assert record["seeds"][0]["seed"] == 0
        assert len({seed["seed"] for seed in record["seeds"]}) == 5
        assert record["score"] == {"points": median_low(earned), "out_of": 3}
        assert done.status == (0 if median_low(earned) == 3 else 1)
        assert (record["config"]["backend"], record["config"]["dtype"]) == ("numpy", "float64")
    one, two = ({seed["seed"] for seed in done.records[0]["seeds"]} for done in graded)
    assert one & two == {0}


@pytest.mark.slow
def test_a_lucky_seed_is_no_grade(run: Run, digits: Callable[[str], Path], tmp_path: Path):
    folder = digits("1.948")  # which of 300 seeds only number 161 meets with a rate of 0.1

    lucky = run("lab", "run", "digits", "--seed", "161", course=folder, home=tmp_path)
    graded = run("lab", "grade", "digits", "--seed", "161", "--seeds", "9", course=folder, home=tmp_path)

    assert lucky.status == 0
    assert graded.status == 1
    assert "✓ seed 161 (shown): validation loss ≤ 1.948:" in graded.out
    assert "of 3 points, the median of 9 seeds" in graded.out


@pytest.mark.slow
def test_a_grade_can_be_made_again_anywhere(run: Run, digits: Callable[[str], Path], tmp_path: Path):
    record = run("lab", "grade", "digits", "--json", course=digits("2.0"), home=tmp_path).out

    again = run("replay", "-", home=tmp_path / "elsewhere", typed=record)

    assert (again.status, again.err) == (0, "")
    assert "Graded again with the same 5 seeds" in again.out
    assert again.out.endswith("The grade agrees.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("score", "points"), 3.5, "the record's score is 3.5"),
        (("seeds", 1, "points"), 2.5, "the record has 2.5 points"),
        (("seeds", 1, "goals", 0, "value"), 0.001, "a value differs by more than"),
        (("seeds", 1, "outcome"), "diverged", "the record's run diverged, this one finished"),
        (("goals", 0, "bound"), 0.0001, "points"),
    ],
)
def test_a_grade_that_was_changed_does_not_agree(
    run: Run, digits: Callable[[str], Path], tmp_path: Path, path: tuple[Any, ...], value: object, said: str
):
    record = json.loads(run("lab", "grade", "digits", "--json", course=digits("3.0"), home=tmp_path).out)
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    done = run("replay", "-", "--json", home=tmp_path, typed=json.dumps(record))

    assert done.status == 1
    assert said in "; ".join(done.records[0]["reasons"])


@pytest.mark.parametrize("line", ['{"type": "grade"}', '{"type": "grade", "config": {}, "goals": 3}'])
def test_what_is_no_grade_is_refused(run: Run, tmp_path: Path, line: str):
    done = run("replay", "-", home=tmp_path, typed=line)

    assert done.status == 2
    assert done.err.startswith("coursekit: standard input:1: ")


@pytest.mark.slow
def test_a_grade_is_kept_in_the_record(run: Run, course_folder: Path, tmp_path: Path):
    run("lab", "grade", "bowl", *GOOD, course=course_folder, home=tmp_path)

    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as db:
        ((lab, settings, results, points, out_of),) = db.execute(
            "select lab, settings, results, points, out_of from lab_grade"
        ).fetchall()
    assert (lab, json.loads(settings)["learning_rate"], points, out_of) == ("bowl", 0.4, 3, 3)
    assert len(json.loads(results)) == 5


def test_fewer_seeds_than_five_are_no_grade(run: Run, course_folder: Path, tmp_path: Path):
    done = run("lab", "grade", "bowl", "--seeds", "4", course=course_folder, home=tmp_path)

    assert (done.status, done.err) == (2, "coursekit: A grade takes at least 5 seeds, got 4.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "points"),
    [
        (("--fault", "2", "--set", "learning_rate=0.4"), 5),
        (("--fault", "1", "--set", "learning_rate=0.4"), 3),
        (("--set", "learning_rate=0.4"), 3),
        (("--fault", "2"), 2),
    ],
)
def test_a_run_to_diagnose_is_graded_by_name_and_mend(
    run: Run, course_folder: Path, tmp_path: Path, words: tuple[str, ...], points: float
):
    (course_folder / "labs" / "sick").mkdir()
    (course_folder / "labs" / "sick" / "lab.md").write_text(SICK)

    done = run("lab", "grade", "sick", *words, "--json", course=course_folder, home=tmp_path)
    again = run("replay", "-", home=tmp_path, typed=done.out)

    assert done.records[0]["score"] == {"points": points, "out_of": 5}
    assert done.status == (0 if points == 5 else 1)
    assert (again.status, "The grade agrees." in again.out) == (0, True)


def test_a_grade_without_a_fault_named_says_how_to_name_one(run: Run, course_folder: Path, tmp_path: Path):
    (course_folder / "labs" / "sick").mkdir()
    (course_folder / "labs" / "sick" / "lab.md").write_text(SICK)

    done = run("lab", "grade", "sick", "--set", "learning_rate=0.4", course=course_folder, home=tmp_path)
    full = run(
        "lab", "grade", "sick", "--fault", "2", "--set", "learning_rate=0.4", course=course_folder, home=tmp_path
    )

    assert "✗ fault named: none; name it with --fault N. 1: The rate is too low. 2: " in done.out
    assert "\nWhy\n" not in done.out
    assert "\nWhy\n" in full.out


def test_a_fault_that_is_none_is_refused_with_the_list(run: Run, course_folder: Path, tmp_path: Path):
    (course_folder / "labs" / "sick").mkdir()
    (course_folder / "labs" / "sick" / "lab.md").write_text(SICK)

    unknown = run("lab", "grade", "sick", "--fault", "3", course=course_folder, home=tmp_path)
    none = run("lab", "grade", "bowl", "--fault", "1", course=course_folder, home=tmp_path)

    assert (unknown.status, none.status) == (2, 2)
    assert "There is no such fault; name it with --fault N. 1: The rate is too low. 2: The" in unknown.err
    assert "The lab bowl has no fault to name." in none.err


@pytest.mark.slow
def test_a_full_grade_counts_as_a_review_of_what_is_due_in_its_lab(run: Run, shared_course: Path, tmp_path: Path):
    at = datetime.now(UTC) - timedelta(days=3)
    with closing(open_store(tmp_path, "tiny", at)) as store:
        store.add_attempt(Attempt("pick-one", "p", ("2",), 1.0, 1.0, False, 0, 0, at - timedelta(minutes=1), at))

    missed = run("lab", "grade", "bowl", course=shared_course, home=tmp_path)
    full = run("lab", "grade", "bowl", *GOOD, course=shared_course, home=tmp_path)
    again = run("lab", "grade", "bowl", *GOOD, course=shared_course, home=tmp_path)

    assert "reviewed by this lab" not in missed.out + again.out
    assert full.out.splitlines()[-1].startswith("Question pick-one: reviewed by this lab, due again ")
