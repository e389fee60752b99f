from typing import Any

import pytest

from coursekit.lab.code.checks import Check
from coursekit.tui.lab.checks_text import checks_content, failing_lines, is_unwritten, summary

WIDTH = 60
CHECKS = tuple(
    Check(name, "step", "cases", points, is_public, "")
    for name, points, is_public in (("one step", 2, True), ("no row is lost", 1, True), ("trains", 12, False))
)


def result(name: str, verdict: str = "failed", message: str = "", **more: Any) -> dict[str, Any]:
    """Return a check as the command line tells it."""
    blank = {"detail": "", "case": None, "traceback": "", "output": "", "call": "step"}
    check = next(check for check in CHECKS if check.name == name)
    return {"name": name, "public": check.is_public, "verdict": verdict, "message": message, **blank, **more}


def lines(*results: dict[str, Any], width: int = WIDTH, is_running: bool = False) -> list[str]:
    found = {each["name"]: each for each in results}
    return checks_content(CHECKS, found, width, is_running=is_running).plain.split("\n")


def test_before_anything_runs_all_checks_are_listed_with_points_below_each_other():
    assert lines() == [
        "·  one step          2 pt",
        "·  no row is lost    1 pt",
        "·  trains           12 pt, hidden",
    ]


def test_while_they_run_the_public_ones_wait():
    assert [line[0] for line in lines(is_running=True)] == ["…", "…", "·"]


def test_what_was_left_out_shares_a_line():
    assert lines(result("one step", "passed"))[-1] == "·  1 hidden, 12 pt, are run with the grade, key g"


def test_the_first_that_fails_shows_its_smallest_case_each_line_indented():
    case = {
        "number": 2,
        "arguments": ["array([1.0, 2.0])"] * 4,
        "expected": "array([1.0])",
        "got": "array([\n       2.0])",
    }
    bad = result("one step", message="The step goes up.", detail="[0] is 2 where 1 is expected", case=case)

    shown = lines(bad, result("no row is lost", message="Lost.", case=case))

    assert shown[:9] == [
        "✗  one step          2 pt   The step goes up.",
        "   [0] is 2 where 1 is expected",
        "   case 2    step(array([1.0, 2.0]), array([1.0, 2.0]),",
        "             array([1.0, 2.0]), array([1.0, 2.0]))",
        "   expected  array([1.0])",
        "   got       array([",
        "                    2.0])",
        "✗  no row is lost    1 pt   Lost.",
        "·  1 hidden, 12 pt, are run with the grade, key g",
    ]


def test_a_long_message_stands_below_and_is_said_once():
    message = "The file cannot be loaded. It raised SyntaxError: '(' was never closed."
    one, two = (result(name, "error", message) for name in ("one step", "no row is lost"))

    shown = lines(one, two)

    assert shown[:3] == ["!  one step          2 pt", f"   {message[:57]}", f"   {message[58:]}"]
    assert shown[3] == "!  no row is lost    1 pt   as above"


def test_a_starter_shows_neither_case_nor_traceback():
    case = {"number": 1, "arguments": ["1"], "expected": "", "got": ""}
    bare = result("one step", "error", "Not written yet.", case=case, traceback="line 4: raise NotImplementedError")

    assert lines(bare)[0].endswith("Not written yet.")
    assert "case" not in "\n".join(lines(bare))
    assert is_unwritten({"one step": bare})
    assert not is_unwritten({})


def test_a_strangers_text_is_cut_and_made_safe():
    noisy = result("one step", "error", "It raised \x1b[31mValueError.", traceback="line 1: x", output="x\n" * 100)

    shown = lines(noisy)

    assert "\x1b" not in "".join(shown)
    assert "… 88 lines more" in "".join(shown)
    assert len(shown) < 25


def test_the_first_check_that_fails_is_found_with_what_it_shows():
    case = {"number": 1, "arguments": ["1"], "expected": "1", "got": "2"}
    found = {"one step": result("one step", "passed"), "no row is lost": result("no row is lost", case=case)}

    content = checks_content(CHECKS, found, WIDTH, is_running=False)

    assert failing_lines(content) == range(1, 5)
    assert not failing_lines(checks_content(CHECKS, {}, WIDTH, is_running=False))


@pytest.mark.parametrize("width", [30, 56, 116])
def test_no_line_is_wider_than_there_is_room(width: int):
    case = {"number": 1, "arguments": ["x" * 200], "expected": "1", "got": "2"}

    shown = lines(result("one step", message="It is wrong in a way that takes some words.", case=case), width=width)

    assert max(map(len, shown)) <= max(width, 50)


def test_the_summary_says_what_ran_and_where():
    record = {"checks": [result("one step", "passed"), result("no row is lost")], "tier": 1, "hidden_left": 1}
    grade = {
        "checks": [*record["checks"], result("trains", "passed")],
        "tier": 3,
        "score": {"points": 14, "out_of": 15},
    }

    watched = summary({"type": "watch", "score": {"points": 2, "out_of": 3}, **record})

    assert watched == "1 of 2 public; 1 hidden not run here. Sandbox: tier 1, not confined."
    assert summary({"type": "grade", **grade}) == (
        "14 of 15 points: 1 of 2 public; 1 of 1 hidden. Sandbox: tier 3, container."
    )
