"""The checks of a lab of code as text: what is to be earned, what came of it, and what a failing one shows."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.content import Content

from coursekit.clean import clean
from coursekit.lab.code.checks import Check
from coursekit.lab.code.results import UNWRITTEN
from coursekit.tui.text import PARTLY, QUIET, RIGHT, WRONG
from coursekit.words import count

_SIGNS = {"passed": ("✓", RIGHT), "failed": ("✗", WRONG), "error": ("!", PARTLY)}
_MOST_LINES = 12  # of what a submission printed, and of a traceback
_INDENT = " " * 3
_LONGEST_NAME = 40
_SHORT = 30  # said again rather than referred to
_TIERS = {1: "not confined", 2: "confined", 3: "container"}
Result = Mapping[str, Any]  # Any: JSON


def checks_content(checks: Sequence[Check], results: Mapping[str, Result], width: int, *, is_running: bool) -> Content:
    """List the checks with their verdicts; below the first that fails stands what it shows.

    Hidden checks that were left out share a line once there is something else to read.
    """
    shown = [check for check in checks if check.is_public or check.name in results or not results]
    column = min(_LONGEST_NAME, max((len(clean(check.name)) for check in shown), default=0))
    first = next((name for name, result in results.items() if _is_telling(result)), "")
    said: set[str] = set()
    lines: list[Content] = []
    for check in shown:
        result = results.get(check.name)
        lines += _lines(check, result, column, width, said, is_running=is_running)
        lines += _why(result, width) if result and check.name == first else ()
    if left := [check for check in checks if check not in shown]:
        points = sum(check.points for check in left)
        lines.append(Content.styled(f"·  {len(left)} hidden, {points:g} pt, are run with the grade, key g", QUIET))
    return Content("\n").join(lines)


def failing_lines(checks: Content) -> range:
    """Find the lines of the first check that fails, with what it shows; none where none does."""
    lines = checks.plain.split("\n")
    heads = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    first = next((number for number in heads if lines[number].startswith(("✗", "!"))), len(lines))
    return range(first, next((number for number in heads if number > first), len(lines)))


def summary(record: Result) -> str:
    """Say how many checks passed, public and hidden apart, what was earned, and which sandbox it was."""
    public = [check for check in record["checks"] if check["public"]]
    hidden = [check for check in record["checks"] if not check["public"]]
    parts = [f"{_passed(public)} of {len(public)} public"]
    parts += [f"{_passed(hidden)} of {len(hidden)} hidden"] if hidden else []
    if left := record.get("hidden_left", 0):
        parts.append(f"{left} hidden not run here")
    passed, score = "; ".join(parts), record["score"]
    earned = f"{score['points']:g} of {score['out_of']:g} points: " if record["type"] == "grade" else ""
    return f"{earned}{passed}. Sandbox: tier {record['tier']}, {_TIERS[record['tier']]}."


def is_unwritten(results: Mapping[str, Result]) -> bool:
    """Say whether nothing has been written yet."""
    return bool(results) and all(result["message"] == UNWRITTEN for result in results.values())


def _passed(checks: Sequence[Result]) -> int:
    return sum(check["verdict"] == "passed" for check in checks)


def _is_telling(result: Result) -> bool:
    """Say whether a result has more to show than its message."""
    more = result["case"] or result["traceback"]
    return bool(result["verdict"] != "passed" and more and result["message"] != UNWRITTEN)


def _lines(
    check: Check, result: Result | None, column: int, width: int, said: set[str], *, is_running: bool
) -> Iterator[Content]:
    """Give a check its line, and its message the rest of it or lines below; what was said is not said again."""
    waiting = "…" if is_running and check.is_public else "·"
    sign, style = _SIGNS[result["verdict"]] if result else (waiting, QUIET)
    worth = f"{check.points:>5g} pt{'' if check.is_public else ', hidden'}"
    head = Content.assemble((f"{sign}  ", style), clean(check.name).ljust(column), (worth, QUIET))
    message = clean(result["message"]) if result and result["verdict"] != "passed" else ""
    if message in said:
        message = "as above"
    elif len(message) > _SHORT:
        said.add(message)
    if head.cell_length + 3 + len(message) <= width:
        yield head + f"   {message}" if message else head
    else:
        yield head
        yield from map(Content, _wrapped("", message, width))


def _why(result: Result, width: int) -> Iterator[Content]:
    """Show what is wrong: what differs, the smallest failing case, the traceback, what was printed."""
    parts = [("", result["detail"] if result["detail"] not in result["message"] else "")]
    if case := result["case"]:
        parts += [(f"case {case['number']}    ", f"{result['call']}({', '.join(case['arguments'])})")]
        parts += [("expected  ", case["expected"]), ("got       ", case["got"])] if case["expected"] else []
    parts += [("", _some(result["traceback"])), ("printed   ", _some(result["output"]))]
    for label, text in parts:
        yield from (Content.styled(line, QUIET) for line in _wrapped(label, clean(text), width))


def _some(text: str) -> str:
    lines = text.strip("\n").splitlines()
    left = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], *([f"… {count(left, 'line')} more"] if left > 0 else [])])


def _wrapped(label: str, text: str, width: int) -> Iterator[str]:
    """Set a text beside a label, each line indented below the first; a line of its own keeps its indentation."""
    before = f"{_INDENT}{label}"
    for line in text.splitlines():
        own = len(line) - len(line.lstrip())
        room = max(12, width - len(before) - own)
        for part in textwrap.wrap(line.strip(), room) or [""]:
            yield f"{before}{' ' * own}{part}"
            before = " " * len(before)
