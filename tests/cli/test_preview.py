"""The author's preview without a screen."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.test_imports import COMMAND, loaded_by

Run = Callable[..., Any]


def _topic(course_folder: Path) -> Path:
    return course_folder / "content" / "1-basics" / "1-steps.md"


def test_every_state_of_a_question_is_printed(run: Run, shared_course: Path, tmp_path: Path):
    done = run("preview", "pick-one", "--plain", course=shared_course, home=tmp_path / "home")

    assert (done.status, done.err) == (0, "")
    assert re.findall(r"^\[(\w+)\]$", done.out, re.MULTILINE) == ["fresh", "hint", "right", "wrong", "exam"]
    for words in (
        "Half of the noise",
        "Hint 2: Of how many terms?",
        "✓ right · 1 of 1 point",
        "✗ wrong · 0 of 1 point",
    ):
        assert words in done.out
    assert done.out.endswith("Problems\n✓ None.\n")
    assert not (tmp_path / "home").exists()


def test_one_state_is_printed(run: Run, shared_course: Path, tmp_path: Path):
    done = run("preview", "guess-run", "--plain", "--state", "right", course=shared_course, home=tmp_path)

    assert "Response: 3. diverges\n✓ right" in done.out
    assert "[wrong]" not in done.out


def test_a_file_is_printed_with_all_its_questions_and_a_line_with_its_own(
    run: Run, shared_course: Path, tmp_path: Path
):
    path = _topic(shared_course)
    line = path.read_text().split("\n").index("Warm-up always lowers the final loss.") + 1
    whole = run("preview", path, "--plain", home=tmp_path)
    one = run("preview", f"{path}:{line}", "--plain", home=tmp_path)

    assert whole.out.count("[fresh]") == 6
    assert one.out.count("[fresh]") == 1
    assert "Warm-up always" in one.out


@pytest.mark.parametrize("inside", ["", "content", "content/1-basics"])
def test_a_folder_begins_with_its_first_topic(run: Run, shared_course: Path, tmp_path: Path, inside: str):
    done = run("preview", shared_course / inside, "--plain", "--state", "fresh", home=tmp_path)

    assert done.status == 0
    assert done.out.count("[fresh]") == 6


def test_problems_are_printed_and_told_by_the_status(run: Run, course_folder: Path, tmp_path: Path):
    path = _topic(course_folder)
    path.write_text(path.read_text().replace("key: false", "key: perhaps"))
    line = path.read_text().split("\n").index("key: perhaps") + 1
    broken = run("preview", "claim", "--plain", course=course_folder, home=tmp_path)
    other = run("preview", "pick-one", "--plain", course=course_folder, home=tmp_path)

    assert (broken.status, other.status) == (1, 0)
    assert "This question cannot be read:" in broken.out
    assert f"✗ {path}:{line}: " in broken.out


def test_a_prediction_without_a_key_says_what_to_run(run: Run, course_folder: Path, tmp_path: Path):
    (course_folder / "content" / "predict.lock").unlink()

    done = run("preview", "guess-run", "--plain", course=course_folder, home=tmp_path)

    assert done.status == 1
    assert "No run has decided this prediction yet. Run 'coursekit lock'." in done.out


def test_without_a_terminal_it_prints_and_says_why(run: Run, shared_course: Path, tmp_path: Path):
    done = run("preview", "claim", course=shared_course, home=tmp_path)

    assert done.status == 0
    assert "No terminal to draw on" in done.err
    assert "[exam]" in done.out


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("clam", "There is no file and no question 'clam'. Did you mean 'claim'?"),
        ("/no/such/file.md", "There is no file /no/such/file.md."),
        ("/usr", "/usr is in no course: no folder above it has a content/course.md."),
        ("{course}/labs/bowl/lab.md", "lab.md holds no questions. Name a topic file under content/"),
        ("{course}/content/course.md", "course.md holds no questions."),
    ],
)
def test_what_cannot_be_previewed_is_told_in_one_line(
    run: Run, shared_course: Path, tmp_path: Path, path: str, said: str
):
    done = run("preview", path.format(course=shared_course), "--plain", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("command", [("--help",), ("preview", "--help"), ("list", "questions")])
def test_nothing_but_an_open_preview_loads_watchfiles(command: tuple[str, ...]):
    assert not loaded_by(COMMAND, *command) & {"watchfiles", "textual"}
