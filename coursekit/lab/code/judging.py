"""What a function came to on the cases of a check -> the check's result: right, wrong, or no result at all.

The first case that is not right decides, and since authors put the smallest first, it is the one to look at.
"""

import builtins
import re
from dataclasses import dataclass
from math import isfinite
from typing import final

from coursekit.clean import clean
from coursekit.lab.code.calls import Calls, Case, Outcome
from coursekit.lab.code.checks import Check
from coursekit.lab.code.oracle import Oracle
from coursekit.lab.code.parts import Slip
from coursekit.lab.code.results import UNWRITTEN, CheckResult, ShownCase, Verdict
from coursekit.lab.code.slips import Slips
from coursekit.sandbox.comparing import differ, shorten
from coursekit.sandbox.outcomes import Broken, Raised, Returned
from coursekit.sandbox.tolerance import Tolerance
from coursekit.sandbox.values import Value

_EXACTLY = Tolerance(0.0, 0.0)
_KINDS = frozenset(name for name in dir(builtins) if name.endswith(("Error", "Exit", "Interrupt", "Iteration")))
"""What an error may be called that a hidden check tells of: a name of one's own could carry a hidden case."""
_HOW_IT_ENDED = re.compile(r"It (ended by itself|was killed by signal)\b.*")
"""A status could carry a hidden case, too."""


@final
@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is not right about one case: the verdict, why, and the two values."""

    verdict: Verdict
    says: str
    expected: str = ""
    got: str = ""
    traceback: str = ""


def judged(check: Check, calls: Calls, oracle: Oracle, slips: Slips) -> CheckResult:
    """Judge a check. Raises ContentError where the lab itself is broken."""
    for number, (case, outcome) in enumerate(zip(calls.cases, calls.outcomes, strict=False), 1):
        if wrong := _wrong(check, case, outcome, oracle):
            slip = None if isinstance(outcome, Broken) else slips.named(check, calls)
            return _result(check, outcome, wrong, slip, _shown(number, case, wrong))
    return CheckResult(check, "passed", output=_printed(check, calls.outcomes[0]))


def not_loaded(check: Check, outcome: Raised | Broken) -> CheckResult:
    """Return the result of a check when the file itself cannot be loaded. No case was seen, so all may be told."""
    wrong = _no_result(outcome, is_public=True)
    message = f"The file cannot be loaded. {wrong.says}"
    return CheckResult(check, "error", message, traceback=wrong.traceback, output=outcome.output)


def _result(check: Check, outcome: Outcome, wrong: _Wrong, slip: Slip | None, case: ShownCase) -> CheckResult:
    """Put together what may be told: of a hidden check its name and a message, no more."""
    says = slip.says if slip else check.says if wrong.verdict == "failed" else wrong.says
    name = slip.part.name if slip else ""
    if not check.is_public:
        return CheckResult(check, wrong.verdict, says or "It does not hold on the hidden cases.", name)
    return CheckResult(
        check,
        wrong.verdict,
        says or _sentence(wrong.says),
        name,
        detail=wrong.says if wrong.verdict == "failed" else "",
        case=case,
        traceback=wrong.traceback,
        output=_printed(check, outcome),
    )


def _printed(check: Check, outcome: Outcome) -> str:
    return outcome.output if check.is_public else ""


def _shown(number: int, case: Case, wrong: _Wrong) -> ShownCase:
    return ShownCase(number, tuple(shorten(argument) for argument in case), wrong.expected, wrong.got)


def _wrong(check: Check, case: Case, outcome: Outcome, oracle: Oracle) -> _Wrong | None:
    if not isinstance(outcome, Returned):
        return _no_result(outcome, is_public=check.is_public)
    if check.keeps_inputs:
        return _changed(case, outcome.arguments)
    if check.judge:
        return _out_of_bounds(check, case, outcome.value, oracle)
    expected = oracle.expected(check.call, case, check.line)
    says = differ(expected, outcome.value, check.tolerance, any_dtype=check.is_any_dtype)
    return _Wrong("failed", says, shorten(expected), shorten(outcome.value)) if says else None


def _changed(before: Case, after: Case) -> _Wrong | None:
    for number, (one, two) in enumerate(zip(before, after, strict=True), 1):
        if says := differ(one, two, _EXACTLY, nan_is_nan=True):
            return _Wrong("failed", f"argument {number} was changed: {says}", shorten(one), shorten(two))
    return None


def _out_of_bounds(check: Check, case: Case, result: Value, oracle: Oracle) -> _Wrong | None:
    number = oracle.judged(check.judge, result, case, check.line)
    side = f"at {'most' if check.is_at_most else 'least'} {check.bound:g}"
    if isinstance(number, str):
        return _unjudged(check, case, result, number, oracle)
    if isfinite(number) and (number <= check.bound if check.is_at_most else number >= check.bound):
        return None
    name = check.judge.replace("_", " ")
    return _Wrong("failed", f"{name} is {number:.6g} where {side} is allowed", f"{name} {side}", shorten(result))


def _unjudged(check: Check, case: Case, result: Value, why: str, oracle: Oracle) -> _Wrong:
    """Blame the submission for a result that cannot be judged, unless the reference's cannot be either."""
    expected = oracle.expected(check.call, case, check.line)
    if isinstance(oracle.judged(check.judge, expected, case, check.line), str):
        raise oracle.fault("reference.py", f"{check.judge}() cannot judge the reference's own result: {why}")
    says = f"what it returned cannot be judged: {why}"
    return _Wrong("failed", says, shorten(expected), shorten(result))


def _no_result(outcome: Raised | Broken, *, is_public: bool) -> _Wrong:
    if isinstance(outcome, Broken):
        return _Wrong(
            "error",
            _sentence(
                outcome.why if is_public else _HOW_IT_ENDED.sub("It ended before it returned anything.", outcome.why)
            ),
        )
    if outcome.kind == "NotImplementedError":
        return _Wrong("error", UNWRITTEN, traceback=outcome.traceback)
    if outcome.kind == "MissingFunction":
        return _Wrong("error", outcome.message)
    if is_public:
        said = f"It raised {outcome.kind}{': ' if outcome.message else ''}{outcome.message}"
        return _Wrong("error", _sentence(clean(said)), traceback=outcome.traceback)
    return _Wrong("error", f"It raised {outcome.kind if outcome.kind in _KINDS else 'an error'}.")


def _sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"
