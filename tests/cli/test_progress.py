import csv
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from coursekit.store.store import open_store

Run = Callable[..., Any]


def test_progress_before_and_after_an_attempt(run: Run, shared_course: Path, tmp_path: Path):
    before = run("progress", "--json", course=shared_course, home=tmp_path)
    run("ask", "pick-one", "pick-many", "--plain", course=shared_course, home=tmp_path, typed="2\n1\n")
    after = run("progress", "--json", course=shared_course, home=tmp_path)

    assert (before.status, before.err) == (0, "")
    assert [record["type"] for record in before.records] == ["topic", "objective", "lab", "course"]
    assert before.records[-1] == {
        "type": "course",
        "title": "A tiny course",
        "profile": None,
        "attempts": 0,
        "questions": 6,
        "new": 6,
        "due": 0,
        "mastered": 0,
        "mean_mark": None,
        "seen": 0,
        "mastery": 0.0,
        "mastery_low": 0.0,
        "mastery_high": 0.0,
    }
    now = {"attempts": 2, "new": 4, "mean_mark": 0.75, "seen": 2}
    shares = {name: after.records[-1][name] for name in ("mastery", "mastery_low", "mastery_high")}
    assert after.records[-1] == before.records[-1] | now | shares
    assert 0 < shares["mastery_low"] < shares["mastery"] < 2 / 6
    assert after.records[0] == {"lesson": "Basics", "title": "Steps and batches", "type": "topic"} | {
        "questions": 6,
        "new": 4,
        "due": 0,
        "mastered": 0,
        "mean_mark": 0.75,
        "seen": 2,
        **shares,
    }
    assert after.records[1]["title"] == "Know the parts of a step"
    assert (after.records[1]["name"], after.records[1]["questions"], after.records[1]["seen"]) == ("LO-1", 1, 1)


def test_progress_for_a_person_says_how_far_and_which_labs(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="2\n")
    run("lab", "run", "bowl", "--set", "learning_rate=0.4", course=shared_course, home=tmp_path)

    done = run("progress", course=shared_course, home=tmp_path)

    head, topic, objective, lab, whole = done.out.splitlines()
    assert head == "What you would recall now, and between which shares that lies"
    assert topic.startswith("Steps and batches")
    assert topic.endswith("1 of 6 tried, 0 due")
    assert objective.startswith("  LO-1 Know the parts of a st…")
    assert objective.endswith(" %  1 of 1 tried")
    assert lab.split() == ["lab", "bowl", "1", "run", "best", "3", "of", "3", "points"]
    assert whole.startswith("A tiny course")
    assert "\x1b" not in done.out


def test_the_best_grade_of_a_lab_stands_beside_its_best_run(run: Run, shared_course: Path, tmp_path: Path):
    run("lab", "grade", "bowl", "--set", "learning_rate=0.01", course=shared_course, home=tmp_path)
    run("lab", "grade", "bowl", "--set", "learning_rate=0.4", course=shared_course, home=tmp_path)

    plain = run("progress", course=shared_course, home=tmp_path)
    (lab,) = [each for each in run("progress", "--json", course=shared_course, home=tmp_path).records if "runs" in each]

    assert "graded 3 of 3 points" in plain.out
    assert (lab["kind"], lab["runs"], lab["points"]) == ("tune", 0, None)
    assert (lab["grades"], lab["grade"]) == (2, {"points": 3, "out_of": 3})


def test_a_lab_without_runs_is_said_to_have_none(run: Run, shared_course: Path, tmp_path: Path):
    assert "not run yet" in run("progress", course=shared_course, home=tmp_path).out


def test_every_statistic_can_be_had_as_a_sentence(run: Run, shared_course: Path, tmp_path: Path):
    empty = run("progress", "--plain", course=shared_course, home=tmp_path)
    run("ask", "pick-one", "pick-many", "--plain", course=shared_course, home=tmp_path, typed="2\n1\n")

    done = run("progress", "--plain", course=shared_course, home=tmp_path)
    again = run("--plain", "progress", course=shared_course, home=tmp_path)

    assert empty.out.startswith("Nothing was studied yet. Begin with 'coursekit'")
    assert done.out.splitlines()[0].startswith("You would recall about ")
    for words in (
        "2 of 6 questions seen.",
        "Studied on 1 of the last 7 days",
        "2 attempts on 1 day",
        "due today",
        "Say how",
    ):
        assert words in done.out
    assert again.out == done.out
    assert not any(sign in done.out for sign in "█▓░·")


def test_certainty_based_marks_are_told_when_they_are_chosen(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="2\n")
    before = run("progress", "--plain", course=shared_course, home=tmp_path)
    with closing(open_store(tmp_path, "tiny", datetime.now(UTC))) as store:
        store.settings.set("marks", "certainty")

    after = run("progress", "--plain", course=shared_course, home=tmp_path)

    assert "Certainty-based" not in before.out
    assert "Certainty-based marks: 1 of 3 in 1 attempt, +1.00 each." in after.out


def test_the_table_has_a_row_for_each_thing_and_computes_nothing(run: Run, course_folder: Path, tmp_path: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace("title: Steps and batches", 'title: "=HYPERLINK(1)"'))

    done = run("progress", "--csv", course=course_folder, home=tmp_path)

    rows = list(csv.DictReader(StringIO(done.out)))
    assert [row["type"] for row in rows] == ["topic", "objective", "lab", "course"]
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert (rows[2]["name"], rows[2]["runs"], rows[2]["grade_points"]) == ("bowl", "0", "")
    assert len({len(row) for row in rows}) == 1


def test_one_form_at_a_time(run: Run, shared_course: Path, tmp_path: Path):
    done = run("progress", "--csv", "--json", course=shared_course, home=tmp_path)

    assert done.status == 2
    assert "not allowed with" in done.err


@pytest.mark.parametrize("form", [(), ("--plain",)])
def test_a_person_is_told_whose_progress_it_is(run: Run, shared_course: Path, tmp_path: Path, form: tuple[str, ...]):
    ann = run("--profile", "ann", "progress", *form, course=shared_course, home=tmp_path)
    nobody = run("progress", *form, course=shared_course, home=tmp_path)

    assert ann.out == f"Profile ann.\n{nobody.out}"


def test_a_program_is_told_whose_progress_it_is(run: Run, shared_course: Path, tmp_path: Path):
    ann = run("progress", "--json", course=shared_course, home=tmp_path, env={"COURSEKIT_PROFILE": "ann"})
    table = run("--profile", "ann", "progress", "--csv", course=shared_course, home=tmp_path)

    assert ann.records[-1]["profile"] == "ann"
    assert list(csv.DictReader(StringIO(table.out)))[-1]["profile"] == "ann"
