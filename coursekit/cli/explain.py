"""Explain a code of 'coursekit check': why it matters, and how it looks wrong and right.

examples:
  coursekit explain
  coursekit explain no-key
  coursekit explain stale-key --json
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import zip_longest
from shutil import get_terminal_size
from textwrap import wrap

from coursekit.check.rule import LabRule, ReaderRule, Rule, every_rule
from coursekit.cli._json import print_json
from coursekit.errors import UsageError, suggest

GROUP = "instructor"

_ABREAST = 100
"""Columns from which on wrong and right stand side by side."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be explained."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="as a finding shows it; without one, all are listed")
    parser.add_argument("--json", action="store_true", help="one JSON object per code")


def run(given: Namespace) -> int:
    """Print the explanation, or the list of codes."""
    rules = every_rule()
    if given.code and given.code not in rules:
        raise UsageError(f"There is no code '{given.code}'. {suggest(given.code, tuple(rules))}")
    for code in [given.code] if given.code else rules:
        if given.json:
            print_json(_as_json(code, rules[code]))
        elif given.code:
            print("\n".join(_lines(code, rules[code])))
        else:
            print(f"{code:22} {rules[code].finds}")
    return 0


def _as_json(code: str, rule: Rule) -> dict[str, object]:
    example = {"path": rule.example.file or None, "wrong": rule.example.wrong, "right": rule.example.right}
    severity = "error" if rule.is_error else "warning"
    told = {"severity": severity, "finds": rule.finds, "why": rule.why, "example": example}
    return {"type": "code", "code": code, **told}


def _lines(code: str, rule: Rule) -> Iterator[str]:
    width = get_terminal_size((80, 24)).columns
    yield f"{code} ({'error' if rule.is_error else 'warning'}): {rule.finds}."
    yield ""
    yield from wrap(rule.why, min(width, 92))
    if isinstance(rule, LabRule | ReaderRule) and rule.example.file:
        yield f"\nIn {rule.example.file}:"
    yield ""
    yield from _abreast(rule, width) if width >= _ABREAST else _one_below_the_other(rule)


def _abreast(rule: Rule, width: int) -> Iterator[str]:
    column = (width - 3) // 2
    wrong, right = (list(_folded(text, column)) for text in (rule.example.wrong, rule.example.right))
    for left, beside in zip_longest(["✗ wrong", "", *wrong], ["✓ right", "", *right], fillvalue=""):
        yield f"{left:{column}} │ {beside}".rstrip()


def _one_below_the_other(rule: Rule) -> Iterator[str]:
    for title, text in (("✗ wrong", rule.example.wrong), ("✓ right", rule.example.right)):
        yield title
        yield from (f"  {line}".rstrip() for line in text.rstrip("\n").split("\n"))
        yield ""


def _folded(text: str, width: int) -> Iterator[str]:
    """Break lines that are too long; what is shown is read, not copied."""
    for line in text.rstrip("\n").split("\n"):
        yield from wrap(line, width, drop_whitespace=False, replace_whitespace=False) or [""]
