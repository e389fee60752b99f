import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("name", ["question", "topic", "course", "lab", "exam"])
def test_a_schema_is_printed_as_json(run: Run, name: str):
    done = run("schema", name)

    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_all_are_written_with_the_line_that_names_one(run: Run, tmp_path: Path):
    done = run("schema", "--out", tmp_path / "new")

    files = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert files == [
        "course.schema.json",
        "exam.schema.json",
        "lab.schema.json",
        "question.schema.json",
        "topic.schema.json",
    ]
    assert [Path(line).name for line in sorted(done.out.splitlines())] == files
    assert f"# yaml-language-server: $schema={tmp_path / 'new' / 'question.schema.json'}" in done.err


def test_without_a_name_it_says_what_there_is(run: Run):
    done = run("schema")

    assert (done.status, done.out) == (2, "")
    assert "Say whose schema: question, topic, course, lab, exam" in done.err
