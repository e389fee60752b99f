"""The hints of a lab, for who studies line by line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def course(course_folder: Path) -> Path:
    """Return a course whose lab has two hints."""
    path = course_folder / "labs" / "bowl" / "lab.md"
    path.write_text(path.read_text().replace("Up to 0.5", "Try $\\eta$ first.\n\n### Hint\n\nUp to 0.5"))
    return course_folder


def test_hints_are_told_from_the_first_on(run: Run, course: Path):
    one = run("lab", "hint", "bowl", course=course)
    two = run("lab", "hint", "bowl", "--hints", 2, course=course)

    assert (one.status, one.err) == (0, "")
    assert one.out == "Hint 1\nTry η first.\n\nThe next one: coursekit lab hint bowl --hints 2\n"
    assert two.out.startswith("Hint 1\nTry η first.\n\nHint 2\nUp to 0.5 ")
    assert "The next one" not in two.out


def test_hints_are_told_as_json(run: Run, course: Path):
    done = run("lab", "hint", "bowl", "--hints", 2, "--json", course=course)

    assert [(each["type"], each["number"]) for each in done.records] == [("hint", 1), ("hint", 2)]
    assert done.records[0]["says"] == "Try $\\eta$ first."


def test_a_lab_says_how_its_hints_are_had(run: Run, course: Path):
    done = run("lab", "run", "bowl", "--plain", course=course)

    assert "For a hint, one of 2: coursekit lab hint bowl" in done.out.splitlines()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--hints", 3), "The lab bowl has 2 hints, so 3 cannot be told."),
        (("--hints", 0), "The lab bowl has 2 hints, so 0 cannot be told."),
        (("bowl.py",), "'coursekit lab hint' takes no file. Leave it out."),
        (("--seed", 1), "'coursekit lab hint' takes no --seed"),
    ],
)
def test_what_cannot_be_told_is_refused(run: Run, course: Path, words: tuple[Any, ...], problem: str):
    done = run("lab", "hint", "bowl", *words, course=course)

    assert (done.status, done.out) == (2, "")
    assert problem in done.err
