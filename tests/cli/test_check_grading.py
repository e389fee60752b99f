"""`check --grading`: the scorer of free text against a person's grades, for any course that has some."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
GOLD = Path("content") / "gold"
GRADED = (
    (1.0, "The noise of the gradient falls, so a larger step is safe."),
    (0.6, "Its variance is lower than that of a small batch."),
    (0.3, "One can take a larger step."),
    (0.0, "Cats sleep in the sun."),
)
EXTRA = """\
---
title: For measuring
---

## Another

```yaml question
id: only-gold
kind: free-response
```

Why?

### Rubric

- (1) Cats sleep.
  - cat*

### Model response

Cats sleep in the sun.
"""


def line(**changes: object) -> str:
    return json.dumps({"question": "why-calm", "type": "good", "grade": 1, "text": GRADED[0][1]} | changes)


@pytest.fixture
def gold(course_folder: Path) -> Path:
    """Return the folder of a gold set of four responses, in two halves."""
    folder = course_folder / GOLD
    folder.mkdir()
    lines = [line(grade=grade, text=text) for grade, text in GRADED]
    (folder / "a.jsonl").write_text("\n".join(lines[:2]) + "\n")
    (folder / "b.jsonl").write_text("\n".join(lines[2:]))
    return folder


def test_the_figures_of_each_half_of_all_and_of_each_question_come_beside_the_marks(run: Run, gold: Path):
    done = run("check", "--grading", course=gold.parents[1], home=gold)

    table = [row.split() for row in done.out.splitlines() if row]
    assert (done.status, done.err) == (0, "6 questions, 1 topic, 1 lab: no findings.\n")
    assert table[1] == ["n", "words", "rubric", "raw", "length", "bands"]
    assert [row[:2] for row in table[2:6]] == [["a.jsonl", "2"], ["b.jsonl", "2"], ["all", "4"], ["why-calm", "4"]]
    assert table[4][1:] == table[5][1:]
    assert table[6][-6:] == ["646", "0.56", "0.63", "0.63", "0.61", "–"]


def test_figures_come_as_json_lines(run: Run, gold: Path):
    done = run("check", "--grading", "--json", course=gold.parents[1], home=gold)

    rows = {(row["of"], row["name"]): row for row in done.records}
    assert list(rows) == [
        ("file", "a.jsonl"),
        ("file", "b.jsonl"),
        ("course", "all"),
        ("question", "why-calm"),
        ("exam", "a real exam on neural networks"),
    ]
    assert {tuple(row) for row in done.records} == {
        ("type", "of", "name", "n", "words", "rubric", "raw", "length", "bands")
    }
    assert rows["course", "all"]["raw"] > 0.9
    assert rows["course", "all"]["bands"] >= 0.5
    assert rows["exam", "a real exam on neural networks"]["bands"] is None


def test_a_course_without_graded_responses_says_so_in_one_sentence(run: Run, shared_course: Path, tmp_path: Path):
    done = run("check", "--grading", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("No graded responses to compare the scorer with. Put some into content/gold/*.jsonl.\n")


def test_questions_that_are_only_for_measuring_are_asked_of_nobody(run: Run, gold: Path):
    (gold / "questions.markdown").write_text(EXTRA)
    (gold / "c.jsonl").write_text(line(question="only-gold", text="Cats sleep in the sun."))

    done = run("check", "--grading", "--json", course=gold.parents[1], home=gold)
    listed = run("list", "questions", "--json", course=gold.parents[1], home=gold)

    assert done.status == 0
    assert ("question", "only-gold") in [(row["of"], row["name"]) for row in done.records]
    assert "only-gold" not in [row["id"] for row in listed.records]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "Not a JSON object in one line."),
        ("[1]", "Not a JSON object in one line."),
        ("[" * 100_000, "Not a JSON object in one line."),
        (line(question="nothing"), "'nothing' is no free-response question of the course or of content/gold/"),
        (line(question="pick-one"), "'pick-one' is no free-response question"),
        (line(grade=1.1), "'grade' must be a number from 0 to 1, got 1.1."),
        (line(grade=True), "'grade' must be a number from 0 to 1, got true."),
        (line(grade="1"), "'grade' must be a number from 0 to 1, got \"1\"."),
        (line(grade=float("nan")), "'grade' must be a number from 0 to 1, got NaN."),
        (line(text=None), "'text' must be a text"),
        (line(type=3), "'type' must be a text"),
        (line(mark=1), "There is no 'mark' here."),
    ],
    ids=range(12),
)
def test_a_malformed_line_is_a_finding_by_file_and_line(run: Run, gold: Path, wrong: str, said: str):
    (gold / "b.jsonl").write_text(f"{line()}\n\n{wrong}\n")

    done = run("check", "--grading", "--json", course=gold.parents[1], home=gold)

    finding, *rows = done.records
    assert done.status == 1
    assert (finding["path"], finding["line"]) == (str(gold / "b.jsonl"), 3)
    assert finding["message"].startswith(said)
    assert [row["n"] for row in rows[:3]] == [2, 1, 3]


@pytest.mark.parametrize(
    ("old", "new", "number", "said"),
    [
        ("only-gold", "why-calm", 5, "The id 'why-calm' is taken by a question of the course."),
        ("kind: free-response", "kind: true-false\nkey: true", 5, "Only free-response questions are graded by words."),
        ("### Rubric", "### Rubrik", 5, "A free-response question needs '### Rubric'"),
        ("---\ntitle", "title", 1, "The file must begin with a line '---'"),
    ],
)
def test_what_is_wrong_with_a_further_question_is_a_finding(
    run: Run, gold: Path, old: str, new: str, number: int, said: str
):
    (gold / "questions.markdown").write_text(EXTRA.replace(old, new, 1))

    done = run("check", "--grading", "--json", course=gold.parents[1], home=gold)

    assert done.status == 1
    assert (done.records[0]["path"], done.records[0]["line"]) == (str(gold / "questions.markdown"), number)
    assert done.records[0]["message"].startswith(said)


def test_without_the_option_the_graded_responses_are_not_looked_at(run: Run, gold: Path):
    (gold / "a.jsonl").write_text("{")

    assert run("check", course=gold.parents[1], home=gold).status == 0
