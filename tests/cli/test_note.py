from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_note_is_kept_read_replaced_and_taken_away(run: Run, shared_course: Path, tmp_path: Path):
    def note(*arguments: str) -> str:
        done = run("note", *arguments, course=shared_course, home=tmp_path)
        assert (done.status, done.err) == (0, "")
        return done.out

    assert note() == "You have no notes and no bookmarks yet. Write one: coursekit note ID TEXT\n"
    assert note("claim", "two\nlines") == "claim  A claim\n    two\n    lines\n"
    assert note("claim") == "claim  A claim\n    two\n    lines\n"
    assert note("claim", "one") == "claim  A claim\n    one\n"
    assert note("claim", "") == "claim  A claim\n    (no note)\n"
    assert note() == "You have no notes and no bookmarks yet. Write one: coursekit note ID TEXT\n"


def test_bookmarks_are_listed_in_the_order_of_the_course(run: Run, shared_course: Path, tmp_path: Path):
    for name in ("claim", "pick-one"):
        run("note", name, "--mark", course=shared_course, home=tmp_path)
    both = run("note", "--json", course=shared_course, home=tmp_path).records
    run("note", "claim", "--unmark", course=shared_course, home=tmp_path)
    one = run("note", "--json", course=shared_course, home=tmp_path).records

    assert [(each["question"], each["marked"]) for each in both] == [("pick-one", True), ("claim", True)]
    assert [each["question"] for each in one] == ["pick-one"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clam"], "The course has no question 'clam'. Did you mean 'claim'?"),
        (["--mark"], "Name a question to bookmark."),
        (["claim", "--mark", "--unmark"], "do not go together"),
    ],
)
def test_what_cannot_be_noted_is_said(run: Run, shared_course: Path, tmp_path: Path, arguments: list[str], said: str):
    done = run("note", *arguments, course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_a_terminal_s_commands_in_a_note_are_not_obeyed(run: Run, shared_course: Path, tmp_path: Path):
    done = run("note", "claim", "red \x1b[31m", course=shared_course, home=tmp_path)

    assert "\x1b" not in done.out


def test_what_is_bookmarked_is_asked_in_the_order_of_the_course(run: Run, shared_course: Path, tmp_path: Path):
    nothing = run("ask", "--marked", "--plain", course=shared_course, home=tmp_path)
    for name in ("claim", "pick-one"):
        run("note", name, "--mark", course=shared_course, home=tmp_path)
    both = run("ask", "claim", "--marked", "--plain", course=shared_course, home=tmp_path)
    done = run("ask", "--marked", "--plain", course=shared_course, home=tmp_path, typed="2\n2\n")

    assert (nothing.status, both.status, done.status) == (2, 2, 0)
    assert "Nothing is bookmarked yet." in nothing.err
    assert "not both" in both.err
    assert 0 < done.out.index("Half of the noise") < done.out.index("A claim")


def test_a_note_needs_no_quotes(run: Run, shared_course: Path, tmp_path: Path):
    done = run("note", "claim", "the", "noise", "is", "the", "point", course=shared_course, home=tmp_path)

    assert done.out == "claim  A claim\n    the noise is the point\n"
