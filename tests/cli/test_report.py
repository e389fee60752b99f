from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_report_tells_what_was_asked_and_given(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="1\n")

    done = run("report", course=shared_course, home=tmp_path)

    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# A tiny course\n")
    for words in ("### Half of the noise", "✗ 0 of 1 point", "**Key:**", "The variance of a mean"):
        assert words in done.out


def test_the_ending_of_the_file_says_the_form_and_nothing_is_replaced_unasked(
    run: Run, shared_course: Path, tmp_path: Path
):
    page, text = tmp_path / "studied.html", tmp_path / "studied.md"

    first = run("report", "--out", page, course=shared_course, home=tmp_path)
    run("report", "--out", text, course=shared_course, home=tmp_path)
    second = run("report", "--out", page, course=shared_course, home=tmp_path)
    forced = run("report", "--out", page, "--force", course=shared_course, home=tmp_path)

    assert (first.status, first.out) == (0, "")
    assert first.err.startswith("Written: ")
    assert page.read_text().startswith("<!doctype html>")
    assert text.read_text().startswith("# A tiny course")
    assert second.status == 2
    assert "is there already" in second.err
    assert forced.status == 0


def test_the_page_can_go_to_standard_output(run: Run, shared_course: Path, tmp_path: Path):
    done = run("report", "--html", course=shared_course, home=tmp_path)

    assert done.out.startswith("<!doctype html>")
    assert done.out.endswith("</html>\n")


def test_a_folder_that_is_not_there_is_told(run: Run, shared_course: Path, tmp_path: Path):
    done = run("report", "--out", tmp_path / "no" / "studied.md", course=shared_course, home=tmp_path)

    assert done.status == 2
    assert "cannot be written" in done.err or "no folder" in done.err.lower()
