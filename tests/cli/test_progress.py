from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_progress_before_and_after_an_attempt(run: Run, shared_course: Path, tmp_path: Path):
    before = run("progress", "--json", course=shared_course, home=tmp_path)
    run("ask", "pick-one", "pick-many", "--plain", course=shared_course, home=tmp_path, typed="2\n1\n")
    after = run("progress", "--json", course=shared_course, home=tmp_path)

    assert (before.status, before.err) == (0, "")
    assert [record["type"] for record in before.records] == ["topic", "lab", "course"]
    assert before.records[-1] == {
        "type": "course",
        "title": "A tiny course",
        "attempts": 0,
        "questions": 6,
        "new": 6,
        "due": 0,
        "mastered": 0,
        "mean_mark": None,
    }
    assert after.records[-1] == before.records[-1] | {"attempts": 2, "new": 4, "mean_mark": 0.75}
    assert after.records[0] == {"lesson": "Basics", "title": "Steps and batches", "type": "topic"} | {
        "questions": 6,
        "new": 4,
        "due": 0,
        "mastered": 0,
        "mean_mark": 0.75,
    }


def test_progress_for_a_person_says_how_far_and_which_labs(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="2\n")
    run("lab", "run", "bowl", "--set", "learning_rate=0.4", course=shared_course, home=tmp_path)

    done = run("progress", course=shared_course, home=tmp_path)

    topic, lab, whole = done.out.splitlines()
    assert topic.startswith("Steps and batches")
    assert topic.endswith("100%    1 of 6 tried, 0 due, 0 mastered")
    assert lab.split() == ["lab", "bowl", "1", "run", "best", "3", "of", "3", "points"]
    assert whole.startswith("A tiny course")
    assert "\x1b" not in done.out


def test_a_lab_without_runs_is_said_to_have_none(run: Run, shared_course: Path, tmp_path: Path):
    assert "not run yet" in run("progress", course=shared_course, home=tmp_path).out
