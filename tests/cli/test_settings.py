from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
NAMES = ["exam_date", "minutes", "retention", "marks", "theme", "animations", "mouse", "day_starts"]


def test_all_settings_are_listed_with_what_they_are_and_do(run: Run, shared_course: Path, tmp_path: Path):
    plain = run("settings", course=shared_course, home=tmp_path)
    records = run("settings", "--json", course=shared_course, home=tmp_path).records

    assert [line.split()[0] for line in plain.out.splitlines()[:8]] == NAMES
    assert [record["name"] for record in records] == NAMES
    assert all(record["value"] == record["default"] for record in records)
    assert "How an attempt is rated" in plain.out


@pytest.mark.parametrize(
    ("name", "typed", "value", "said"),
    [
        ("exam_date", "2090-01-20", None, "more than 10 years away"),
        ("exam-date", "none", None, "exam_date is now none."),
        ("minutes", "25", 25, "minutes is now 25."),
        ("retention", "92 %", 0.92, "retention is now 0.92."),
        ("retention", "0,85", 0.85, "retention is now 0.85."),
        ("marks", "Certainty", "certainty", "marks is now certainty."),
        ("theme", "contrast", "contrast", "theme is now contrast."),
        ("animations", "off", False, "animations is now no."),
        ("day_starts", "0", 0, "day_starts is now 0."),
    ],
)
def test_a_setting_is_changed_and_said(
    run: Run, shared_course: Path, tmp_path: Path, name: str, typed: str, value: object, said: str
):
    done = run("settings", name, typed, course=shared_course, home=tmp_path)
    (record,) = run("settings", name, "--json", course=shared_course, home=tmp_path).records

    assert said in done.out + done.err
    assert record["value"] == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("exam_date", "20 January", "'20 January' is no day. Write it as year-month-day"),
        ("exam_date", "2020-01-20", "2020-01-20 is over."),
        ("minutes", "0", "a whole number from 1 to 600"),
        ("minutes", "-5", "a whole number from 1 to 600"),
        ("minutes", "half an hour", "a whole number from 1 to 600"),
        ("minutes", "9" * 5000, "a whole number from 1 to 600"),
        ("retention", "1", "a number from 0.7 to 0.97"),
        ("retention", "0.69", "a number from 0.7 to 0.97"),
        ("retention", "nan", "a number from 0.7 to 0.97"),
        ("retention", "high", "a number from 0.7 to 0.97"),
        ("marks", "stars", "There is no marks 'stars'."),
        ("theme", "drak", "Did you mean 'dark'?"),
        ("animations", "maybe", "'maybe' is neither yes nor no."),
        ("day_starts", "24", "a whole number from 0 to 12"),
        ("color", "red", "There is no setting 'color'."),
    ],
)
def test_what_does_not_do_is_said_and_changes_nothing(
    run: Run, shared_course: Path, tmp_path: Path, name: str, typed: str, said: str
):
    before = run("settings", "--json", course=shared_course, home=tmp_path).out
    # After --, since a value may begin with a minus.
    done = run("settings", "--", name, typed, course=shared_course, home=tmp_path)
    after = run("settings", "--json", course=shared_course, home=tmp_path).out

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert before == after


def test_a_theme_holds_for_all_courses_and_an_exam_date_for_one(
    run: Run, shared_course: Path, tmp_path: Path, course_folder: Path
):
    front = course_folder / "content" / "course.md"
    front.write_text(front.read_text(encoding="utf-8").replace("id: tiny", "id: other"), encoding="utf-8")
    run("settings", "theme", "light", course=shared_course, home=tmp_path)
    run("settings", "minutes", "20", course=shared_course, home=tmp_path)

    values = {
        record["name"]: record["value"]
        for record in run("settings", "--json", course=course_folder, home=tmp_path).records
    }

    assert (values["theme"], values["minutes"]) == ("light", None)
