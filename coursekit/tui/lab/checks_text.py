"""The checks of a lab of code as text: what is to be earned, what came of it, and what a failing one shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from coursekit.clean import clean
from coursekit.lab.code.checks import Check
from coursekit.tui.text import PARTLY, QUIET, RIGHT, WRONG

_SIGNS = {"passed": ("✓", RIGHT), "failed": ("✗", WRONG), "error": ("!", PARTLY)}
_MOST_LINES = 12  # of what a submission printed, and of a traceback


def checks_content(checks: Sequence[Check], results: Mapping[str, Mapping[str, Any]], *, is_running: bool) -> Content:
    """List the checks, each with its verdict where there is one, and below them what the first that fails shows."""
    lines = [_line(check, results.get(check.name), is_running=is_running) for check in checks]
    found = [results[check.name] for check in checks if check.name in results]
    for result in (each for each in found if each["verdict"] != "passed" and (each["case"] or each["traceback"])):
        lines += [Content(""), Content.styled(f"{clean(result['name'])}:", QUIET)]
        lines += [Content.styled(f"   {line}", QUIET) for line in _why(result)]
        break
    return Content("\n").join(lines)


def _line(check: Check, result: Mapping[str, Any] | None, *, is_running: bool) -> Content:
    waiting = "…" if is_running and check.is_public else "·"
    sign, style = _SIGNS[result["verdict"]] if result else (waiting, QUIET)
    hidden = "" if check.is_public else ", hidden"
    head = Content.assemble((f"{sign}  ", style), clean(check.name), (f"  {check.points:g} pt{hidden}", QUIET))
    said = clean(result["message"]) if result and result["verdict"] != "passed" else ""
    return Content.assemble(head, f"  {said}") if said else head


def _why(result: Mapping[str, Any]) -> list[str]:
    """Return the lines that show what is wrong: the smallest failing case, the traceback, what was printed."""
    lines = [result["detail"]] if result["detail"] and result["detail"] not in result["message"] else []
    if case := result["case"]:
        call = f"{result['call']}({', '.join(case['arguments'])})"
        lines += [f"case {case['number']}    {call}"]
        lines += [f"expected  {case['expected']}", f"got       {case['got']}"] if case["expected"] else []
    lines += result["traceback"].splitlines()[:_MOST_LINES]
    lines += [f"printed   {line}" for line in result["output"].strip().splitlines()[:_MOST_LINES]]
    return [clean(part) for line in lines for part in line.splitlines()]
