"""`coursekit fmt`: files in place, or what would change; a file that cannot be read stays, and the others are done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TOPIC = Path("content") / "1-basics" / "1-steps.md"
UNTIDY = (
    "---\nlesson: L\ntitle: T\n---\n## Q\n```yaml question\nkey: true\nid: q  # mine\nkind: true-false\n```\nYes.\n"
)
TIDY = (
    "---\ntitle: T\nlesson: L\n---\n\n## Q\n\n"
    "```yaml question\nid: q  # mine\nkind: true-false\nkey: true\n```\n\nYes.\n"
)


@pytest.fixture
def topic(course_folder: Path) -> Path:
    path = course_folder / TOPIC
    path.write_text(UNTIDY)
    return path


def test_the_course_at_hand_is_formatted_and_then_stays(run: Run, topic: Path, course_folder: Path):
    topic.chmod(0o640)

    first = run("fmt", course=course_folder)
    second = run("fmt", course=course_folder)

    assert (first.status, first.out, first.err) == (0, f"{topic}\n", "1 file formatted, 0 cannot be read.\n")
    assert (second.status, second.out, second.err) == (0, "", "0 files formatted, 0 cannot be read.\n")
    assert (topic.read_text(), topic.stat().st_mode & 0o777) == (TIDY, 0o640)
    assert [path.name for path in topic.parent.iterdir()] == [topic.name]


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_what_would_change_is_told_with_status_1_and_nothing_is_written(run: Run, topic: Path, option: str):
    done = run("fmt", option, topic)

    assert (done.status, done.err) == (1, "1 file would change, 0 cannot be read.\n")
    assert done.out.startswith(f"{topic}\n" if option == "--check" else f"--- {topic}\n+++ {topic} (formatted)\n@@")
    assert topic.read_text() == UNTIDY


def test_a_file_that_cannot_be_read_stays_and_the_others_are_done(run: Run, topic: Path):
    broken = topic.with_name("0-broken.md")
    broken.write_text("---\ntitle: B\n---\n\n## Q\n\nNo fence.  \n")

    done = run("fmt", topic.parent)

    assert (done.status, done.out) == (1, f"{topic}\n")
    assert f"{broken}:5: A question needs a '```yaml question' fence" in done.err
    assert done.err.endswith("1 file formatted, 1 cannot be read.\n")
    assert broken.read_text().endswith("No fence.  \n")
    assert topic.read_text() == TIDY


def test_standard_input_goes_to_standard_output(run: Run):
    assert run("fmt", "-", typed=UNTIDY).out == TIDY
    assert run("fmt", "-", typed=UNTIDY.replace("\n", "\r\n")).out == TIDY.replace("\n", "\r\n")
    assert (run("fmt", "-", "--check", typed=UNTIDY).status, run("fmt", "-", "--check", typed=TIDY).status) == (1, 0)


def test_standard_input_that_cannot_be_read_gives_no_output(run: Run):
    done = run("fmt", "-", typed="no topic")

    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("<standard input>:1: The file must begin")


def test_other_files_of_a_course_are_left_alone(run: Run, course_folder: Path):
    readme = course_folder / "content" / "README.md"
    readme.write_text("A guide.  \n")
    course = course_folder / "content" / "course.md"
    before = course.read_bytes()

    done = run("fmt", course_folder, readme, course)

    assert done.status == 0
    assert "README.md is no topic file and stays as it is." in done.err
    assert (readme.read_text(), course.read_bytes()) == ("A guide.  \n", before)


def test_a_path_that_is_not_there_is_named(run: Run, tmp_path: Path):
    done = run("fmt", tmp_path / "none.md")

    assert (done.status, done.out) == (2, "")
    assert "none.md does not exist. Name a topic file, a folder, or '-'." in done.err
