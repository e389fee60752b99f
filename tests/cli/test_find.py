from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_what_was_mistyped_is_found_and_said_in_a_line_each(run: Run, shared_course: Path, tmp_path: Path):
    done = run("find", "half", "of", "teh", "nosie", course=shared_course, home=tmp_path)

    assert (done.status, done.err) == (0, "")
    assert done.out.split("\n")[0].split(maxsplit=2) == ["question", "pick-one", "Half of the noise"]


def test_each_thing_found_is_an_object(run: Run, shared_course: Path, tmp_path: Path):
    done = run("find", "bowl", "--json", course=shared_course, home=tmp_path)

    first = done.records[0]
    assert (first["type"], first["name"], first["marked"]) == ("lab", "bowl", False)
    assert [record["score"] for record in done.records] == sorted((r["score"] for r in done.records), reverse=True)


def test_nothing_found_is_told_and_is_a_status(run: Run, shared_course: Path, tmp_path: Path):
    plain = run("find", "qqqqzzzz", course=shared_course, home=tmp_path)
    as_json = run("find", "qqqqzzzz", "--json", course=shared_course, home=tmp_path)

    assert (plain.status, as_json.status, as_json.out) == (1, 1, "")
    assert plain.out.startswith("Nothing among the questions, the labs and your notes is like 'qqqqzzzz'.")


def test_a_search_begins_no_record(run: Run, shared_course: Path, tmp_path: Path):
    run("find", "noise", course=shared_course, home=tmp_path / "new")

    assert not list(tmp_path.rglob("record.sqlite3"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["?!"], "has no letter and no digit"), (["noise", "--most", "0"], "--most takes a whole number from 1 on")],
)
def test_what_cannot_be_looked_for_is_said(
    run: Run, shared_course: Path, tmp_path: Path, arguments: list[str], said: str
):
    done = run("find", *arguments, course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_own_notes_and_bookmarks_are_found(run: Run, shared_course: Path, tmp_path: Path):
    run("note", "claim", "Gotmare 2018 doubts it", course=shared_course, home=tmp_path)
    run("note", "pick-one", "--mark", course=shared_course, home=tmp_path)

    note = run("find", "gotmare", "--json", course=shared_course, home=tmp_path).records
    marked = run("find", "step", "noise", "--marked", "--json", course=shared_course, home=tmp_path).records

    assert [(each["type"], each["question"], each["note"]) for each in note] == [
        ("note", "claim", "Gotmare 2018 doubts it")
    ]
    assert [each["id"] for each in marked] == ["pick-one"]
    assert marked[0]["marked"]
