from collections.abc import Callable
from typing import Any

from coursekit.check.rule import every_rule

Run = Callable[..., Any]


def test_a_code_is_explained_with_wrong_and_right_side_by_side(run: Run):
    wide = run("explain", "no-key", env={"COLUMNS": "120"}).out.splitlines()

    assert wide[0] == "no-key (error): A question without a key."
    assert "Nobody can be right." in wide
    assert any(line.startswith("✗ wrong") and "│ ✓ right" in line for line in wide)
    assert any(line.startswith("- [ ] a half") and "│ - [x] a half" in line for line in wide)
    assert max(map(len, wide)) <= 120


def test_on_a_narrow_terminal_one_stands_below_the_other(run: Run):
    lines = run("explain", "no-key", env={"COLUMNS": "80"}).out.splitlines()

    assert (
        lines.index("✗ wrong") < lines.index("  - [ ] a half") < lines.index("✓ right") < lines.index("  - [x] a half")
    )


def test_without_a_code_all_are_listed(run: Run):
    lines = run("explain").out.splitlines()

    assert [line.split()[0] for line in lines] == list(every_rule())


def test_every_code_can_be_explained(run: Run):
    records = run("explain", "--json").records

    assert {record["code"] for record in records} == set(every_rule())
    assert {tuple(record) for record in records} == {("type", "code", "severity", "finds", "why", "example")}
    assert {tuple(record["example"]) for record in records} == {("path", "wrong", "right")}


def test_a_mistyped_code_is_told_the_nearest(run: Run):
    done = run("explain", "no-kee")

    assert done.status == 2
    assert done.err.startswith("coursekit: There is no code 'no-kee'. Did you mean 'no-key'?")
