from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
IDS = ["pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run"]


@pytest.fixture(scope="module")
def questions(run: Run, shared_course: Path) -> Any:
    return run("list", "questions", "--json", course=shared_course)


def test_questions_come_as_json_lines_with_these_keys(questions: Any):
    assert (questions.status, questions.err) == (0, "")
    assert [record["id"] for record in questions.records] == IDS
    for record in questions.records:
        assert list(record) == [
            *("type", "id", "kind", "title", "lesson", "topic"),
            *("objective", "tags", "points", "lab", "related"),
        ]


def test_a_question_has_its_values(questions: Any):
    assert questions.records[0] == {
        "type": "question",
        "id": "pick-one",
        "kind": "single-choice",
        "title": "Half of the noise",
        "lesson": "Basics",
        "topic": "Steps and batches",
        "objective": "LO-1",
        "tags": ["sgd", "variance"],
        "points": 1.0,
        "lab": "bowl",
        "related": ["pick-many"],
    }
    assert [record["kind"] for record in questions.records[1:]] == [
        *("multiple-choice", "true-false", "numeric", "free-response", "predict")
    ]


def test_labs_come_as_json_lines_with_these_keys(run: Run, shared_course: Path):
    done = run("list", "labs", "--json", course=shared_course)

    assert (done.status, done.err) == (0, "")
    (lab,) = done.records
    assert list(lab) == ["type", "name", "title", "kind", "knobs", "goals", "points", "questions", "question_ids"]
    assert (lab["name"], lab["title"], lab["kind"], lab["points"]) == ("bowl", "Down a small bowl", "tune", 3.0)
    assert lab["knobs"] == [
        {"name": "learning_rate", "default": 0.05, "min": 0.01, "max": 1000.0},
        {"name": "steps", "default": 10, "min": 1.0, "max": 100.0},
        {"name": "optimizer", "default": "sgd", "choices": ["sgd", "momentum"]},
    ]
    assert lab["goals"] == [
        {"metric": "validation_loss", "bound": 0.001, "is_at_most": True, "points": 2.0},
        {"metric": "steps", "bound": 20.0, "is_at_most": True, "points": 1.0},
    ]
    assert lab["question_ids"] == IDS


def test_topics_come_as_json_lines(run: Run, shared_course: Path):
    (topic,) = run("list", "topics", "--json", course=shared_course).records

    assert (topic["title"], topic["lesson"], topic["question_ids"]) == ("Steps and batches", "Basics", IDS)
    assert topic["path"].endswith("content/1-basics/1-steps.md")


@pytest.mark.parametrize(("what", "rows"), [("questions", 6), ("topics", 1), ("labs", 1)])
def test_a_table_in_a_pipe_has_one_line_for_each(run: Run, shared_course: Path, what: str, rows: int):
    done = run("list", what, course=shared_course)

    assert (done.status, done.err) == (0, "")
    assert len(done.out.splitlines()) == rows + 1
    assert "\x1b" not in done.out


def test_what_cannot_be_read_is_left_out_and_said(run: Run, course_folder: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace("kind: true-false", "kind: true-fals"))
    (course_folder / "labs" / "broken").mkdir()
    (course_folder / "labs" / "broken" / "lab.md").write_text("no front matter\n")

    questions = run("list", "questions", "--json", course=course_folder)
    labs = run("list", "labs", "--json", course=course_folder)

    assert [record["id"] for record in questions.records] == [name for name in IDS if name != "claim"]
    assert "1-steps.md:" in questions.err
    assert "Did you mean 'true-false'?" in questions.err
    assert [record["name"] for record in labs.records] == ["bowl"]
    assert "broken/lab.md:1:" in labs.err
    assert len(labs.err.splitlines()) == 1


def test_titles_from_files_bring_no_escape_sequences(run: Run, course_folder: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace("## A claim", "## A \x1b[31mclaim\x07"))

    outputs = [run(*words, course=course_folder, home=course_folder).out for words in (("list", "questions"),)]

    assert "claim" in outputs[0]
    assert not [out for out in outputs if "\x1b" in out or "\x07" in out]
