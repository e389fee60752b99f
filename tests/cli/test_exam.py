import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exam.conftest import EXAM, add_exam

Run = Callable[..., Any]
BEGIN = "\n"


@pytest.fixture
def folder(course_folder: Path) -> Path:
    """Return the tiny course with an exam of three questions with options."""
    text = EXAM.replace("questions: 4", "questions: 3").replace("  - {kinds: [numeric], count: 1}\n", "")
    return add_exam(course_folder, text.replace("pass: 60", "pass: 60\nshuffle: false")).folder


PASSED = f"{BEGIN}2\n1 2\n2\nd\n"
FAILED = f"{BEGIN}1\nn\nn\nd\n"


def test_a_sitting_line_by_line(run: Run, folder: Path, tmp_path: Path):
    done = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=PASSED)

    assert (done.status, done.err) == (0, "")
    assert "3 questions · 10 minutes · 60 % of the points pass · sitting 1" in done.out
    assert "✓ passed · 4 of 4 points · 100 % · 60 % pass" in done.out
    assert "Nothing was missed." in done.out


def test_nothing_is_told_before_it_is_handed_in(run: Run, folder: Path, tmp_path: Path):
    done = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=FAILED)

    running = done.out[: done.out.rindex("hands in, q leaves")]
    assert "Question 3 of 3" in running
    for word in ("✓", "✗", "Right", "Wrong", "Why", "points\n"):
        assert word not in running


def test_misses_are_told_with_key_why_and_lab(run: Run, folder: Path, tmp_path: Path):
    done = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=FAILED)

    assert "✗ not passed · 0 of 4 points" in done.out
    for words in ("✗ 1. Half of the noise · 0 of 1 point", "Yours   2", "Key     1/2", "coursekit lab run bowl"):
        assert words in done.out
    assert "Yours   no response" in done.out


def test_words_steer(run: Run, folder: Path, tmp_path: Path):
    typed = f"{BEGIN}f\nn\nb\nh\n7\n2\nm\n9\n3\n1\nm\nd\nd\n"

    done = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=typed)

    for words in ("⚑ Flagged.", "An exam gives no hints.", "There is no option '7'.", "'9' is none of these.", "1●⚑"):
        assert words in done.out
    assert done.out.count("Question 1 of 3") == 5


def test_leaving_keeps_what_was_entered(run: Run, folder: Path, tmp_path: Path):
    left = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=f"{BEGIN}2\nq\n")
    listed = run("exam", "--list", "--json", course=folder, home=tmp_path)
    again = run("exam", "--plain", course=folder, home=tmp_path, typed="m\nd\n")

    assert "What you entered is kept, and the clock goes on." in left.out
    assert [row["responses"] for row in listed.records if row["type"] == "sitting"] == [1]
    assert "passed" not in listed.records[-1]
    assert "1 of 4 points" in again.out


def test_the_list_and_the_reports(run: Run, folder: Path, tmp_path: Path):
    for typed in (FAILED, PASSED):
        run("exam", "short", "--plain", course=folder, home=tmp_path, typed=typed)

    listed = run("exam", "--list", course=folder, home=tmp_path).out
    last = run("exam", "short", "--report", "--json", course=folder, home=tmp_path).records
    first = run("exam", "short", "--report", "1", course=folder, home=tmp_path).out

    assert "short  A short test" in listed
    assert listed.count("passed") == 2
    assert [(row["sitting"], row["passed"], row["share"]) for row in last] == [(2, True, 1.0)]
    assert "A short test, sitting 1: ✗ not passed." in first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exam", "shrt"), "no exam 'shrt'. Did you mean 'short'"),
        (("exam", "short", "--report"), "no sitting yet of 'short'"),
        (("exam", "short", "--report", "9"), "no sitting 9 of 'short'"),
        (("certificate",), "no sitting yet"),
        (("verify", "/etc/hostname"), "is no statement of a mock exam."),
        (("verify", "/nowhere.json"), "No such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_told(run: Run, folder: Path, tmp_path: Path, arguments: tuple[str, ...], message: str):
    done = run(*arguments, course=folder, home=tmp_path)

    assert done.status == 2
    assert message in done.err


def test_a_statement_is_written_and_verified(run: Run, folder: Path, tmp_path: Path):
    run("exam", "short", "--plain", course=folder, home=tmp_path, typed=PASSED)
    out = tmp_path / "mine.html"

    written = run("certificate", "--out", out, course=folder, home=tmp_path)
    held = run("verify", out.with_suffix(".json"), course=folder)

    assert written.out.startswith(f"{out}\n{out.with_suffix('.json')}\n")
    assert "proves no identity" in " ".join(written.out.split())
    assert (held.status, held.err) == (0, "")
    assert "It holds" in held.out
    assert "<script" not in out.read_text(encoding="utf-8")


def test_a_statement_takes_the_place_of_no_other_file_unasked(run: Run, folder: Path, tmp_path: Path):
    run("exam", "short", "--plain", course=folder, home=tmp_path, typed=PASSED)
    (tmp_path / "mine.json").write_text("My own.")

    refused = run("certificate", "--out", tmp_path / "mine.html", course=folder, home=tmp_path)
    kept = (tmp_path / "mine.json").read_text(), (tmp_path / "mine.html").exists()
    forced = run("certificate", "--out", tmp_path / "mine.html", "--force", course=folder, home=tmp_path)

    assert (refused.status, refused.out, kept) == (2, "", ("My own.", False))
    assert "mine.json is there already. Take another name, or replace it with --force." in refused.err
    assert forced.status == 0


def test_a_statement_that_was_changed_does_not_hold(run: Run, folder: Path, tmp_path: Path):
    run("exam", "short", "--plain", course=folder, home=tmp_path, typed=f"{BEGIN}2\n1 2\n1\nd\n")
    path = tmp_path / "mine.json"
    run("certificate", "--out", path, course=folder, home=tmp_path)
    record = json.loads(path.read_text(encoding="utf-8"))
    record["score"]["earned"] = 4.0
    path.write_text(json.dumps(record), encoding="utf-8")

    done = run("verify", path, "--json", course=folder)

    assert done.status == 1
    assert done.records[0]["holds"] is False
    assert "The score's 'earned' is 3.0, the file says 4.0." in done.records[0]["differences"]


def test_no_statement_of_what_was_not_passed(run: Run, folder: Path, tmp_path: Path):
    run("exam", "short", "--plain", course=folder, home=tmp_path, typed=FAILED)

    done = run("certificate", "short", "--out", tmp_path / "no.html", course=folder, home=tmp_path)
    named = run("certificate", "short", "--sitting", "1", "--out", tmp_path / "no.html", course=folder, home=tmp_path)

    assert (done.status, named.status) == (2, 2)
    assert "None of your sittings was passed" in done.err
    assert "reached 0 %, and 60 % pass" in named.err
    assert not (tmp_path / "no.html").exists()


def test_formatting_and_checking_leave_an_exam_as_it_is(run: Run, folder: Path):
    path = folder / "content" / "exams" / "short.md"
    before = path.read_bytes()

    formatted = run("fmt", "--check", folder, course=folder)
    named = run("fmt", path, course=folder)
    checked = run("check", course=folder)

    assert (formatted.status, checked.status) == (0, 0), checked.out
    assert "is no topic file and stays as it is" in named.err
    assert path.read_bytes() == before


def test_check_tells_an_exam_that_nobody_could_begin(run: Run, folder: Path):
    path = folder / "content" / "exams" / "short.md"
    path.write_text(path.read_text().replace("questions: 3", "questions: 9").replace("count: 3", "count: 9"))

    done = run("check", course=folder)

    assert done.status == 1
    assert "content/exams/short.md:5: error: 9 questions are to be drawn here, and only 3 fit" in done.out
    assert "[short-exam]" in done.out


def test_packs_carry_exams_and_a_student_s_pack_says_why_none_can_be_sat(run: Run, folder: Path, tmp_path: Path):
    run("build", folder, "--out", tmp_path / "full.zip", cwd=tmp_path)
    run("build", folder, "--student", "--out", tmp_path / "student.zip", cwd=tmp_path)
    for name in ("full", "student"):
        run("course", "add", tmp_path / f"{name}.zip", home=tmp_path / name)

    full = run("exam", "--plain", "--course", "tiny", home=tmp_path / "full", typed=PASSED)
    student = run("exam", "--plain", "--course", "tiny", home=tmp_path / "student", typed=PASSED)
    checked = run("check", "--course", "tiny", home=tmp_path / "student")

    assert "✓ passed" in full.out
    assert student.status == 2
    assert "given away without its keys, so no exam can be graded here" in student.err
    assert "content/exams" not in checked.out


def test_the_report_has_certainty_based_marks_where_they_are_chosen(run: Run, folder: Path, tmp_path: Path):
    typed = f"{BEGIN}sure\n2\nguess\n1\n2\nd\n"

    plain = run("exam", "short", "--plain", course=folder, home=tmp_path, typed=typed)
    run("settings", "marks", "certainty", course=folder, home=tmp_path)
    told = run("exam", "short", "--report", course=folder, home=tmp_path)
    (row,) = run("exam", "short", "--report", "--json", course=folder, home=tmp_path).records

    assert "Kept: sure." in plain.out
    assert "Kept: guess." in plain.out
    assert "Certainty" not in plain.out
    assert "Certainty-based marks: 4.5 of 9 in 3 questions, +1.50 each." in told.out
    assert row["certainty"] == {"points": 4.5, "out_of": 9}
    assert [one["confidence"] for one in row["misses"]] == ["guess"]


def test_any_study_command_hands_in_what_is_overdue(run: Run, folder: Path, tmp_path: Path):
    exam = folder / "content" / "exams" / "short.md"
    exam.write_text(exam.read_text(encoding="utf-8").replace("minutes: 10", "minutes: 0.02"), encoding="utf-8")
    run("exam", "short", "--plain", course=folder, home=tmp_path, typed=f"{BEGIN}2\nq\n")
    time.sleep(1.3)

    done = run("progress", "--json", course=folder, home=tmp_path)

    assert done.records[-1]["attempts"] == 1
