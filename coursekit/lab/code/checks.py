"""Checks: which functions are called on which cases, what is held against what, and what that is worth.

- {name: one step, call: sgd_step, cases: steps, points: 2, public: true, says: The parameters after a step differ.}
- {name: leaves its inputs alone, call: sgd_step, cases: steps, keeps_inputs: true, says: The step changed its inputs.}
- {name: no row is lost, call: batches, cases: epochs, judge: rows_lost, at_most: 0, says: Rows are missing.}
- {name: needs no memory, call: rate, cases: far_steps, fresh: true, says: A rate hangs on the calls before.}
- {name: trains, call: train, cases: training, judge: held_out_loss, at_most: 0.35, points: 3, seconds: 20}
"""

from dataclasses import dataclass
from typing import Any, final

from coursekit.errors import ContentError, suggest
from coursekit.fields import Fields
from coursekit.sandbox.tolerance import DEFAULT, Tolerance

_EXAMPLE = "'- {name: one step, call: sgd_step, cases: steps, points: 2, public: true}'"
_LONGEST_SECONDS = 300.0


@final
@dataclass(frozen=True, slots=True)
class Check:
    """One claim about a function that is to be written. `call` names it, `cases` the function that draws arguments."""

    name: str
    call: str
    cases: str
    points: float
    is_public: bool
    says: str
    """What is told when it fails and no known slip explains it."""
    tolerance: Tolerance = DEFAULT
    is_any_dtype: bool = False
    keeps_inputs: bool = False
    """The arguments have to be after the call what they were before; the result is not looked at."""
    judge: str = ""
    """The function of `reference.py` that turns a result and its arguments into the number that is bound."""
    bound: float = 0.0
    is_at_most: bool = True
    seconds: float | None = None
    """How long all its calls together may take; None: as long as the lab's limits allow."""
    is_fresh: bool = False
    """Each of its cases has a process of its own, so that nothing is left of the calls before."""
    line: int = 1
    """Where it stands in `lab.md`."""

    def to_json(self) -> dict[str, Any]:
        """Return what a learner may know of it."""
        return {"name": self.name, "call": self.call, "points": self.points, "public": self.is_public}


def read_checks(fields: Fields, entry: tuple[str, ...]) -> tuple[Check, ...]:
    """Read the list of checks in a lab's front matter. Raises ContentError."""
    entries = fields.entries("checks")
    if not entries:
        raise fields.error("checks", f"A lab of code needs checks, as in {_EXAMPLE}.", code="missing-field")
    checks = tuple(_check(_mapping(each, fields), entry) for each in entries)
    known: set[str] = set()
    for check in checks:
        if check.name in known:
            message = f"There are two checks '{check.name}'. Give each a name of its own."
            raise ContentError(fields.path, check.line, message, code="bad-lab")
        known.add(check.name)
    return checks


def _mapping(entry: object, fields: Fields) -> Fields:
    if not isinstance(entry, Fields):
        raise fields.error("checks", f"Write each check as {_EXAMPLE}.")
    return entry


def _check(entry: Fields, known: tuple[str, ...]) -> Check:
    judge = entry.text("judge", "")
    bound, is_at_most = _bound(entry, judge)
    check = Check(
        name=entry.text("name"),
        call=_call(entry, known),
        cases=function_name(entry, "cases", entry.text("cases")),
        points=_points(entry),
        is_public=_truth(entry, "public"),
        says=entry.text("says", ""),
        tolerance=_tolerance(entry.mapping("tolerance")),
        is_any_dtype=entry.choice("dtype", ("any", "same"), "same") == "any",
        keeps_inputs=_truth(entry, "keeps_inputs"),
        judge=function_name(entry, "judge", judge) if judge else "",
        bound=bound,
        is_at_most=is_at_most,
        seconds=_seconds(entry),
        is_fresh=_truth(entry, "fresh"),
        line=entry.line,
    )
    entry.refuse_unknown()
    if check.keeps_inputs and check.judge:
        message = "A check looks at the inputs or has the result judged, not both. Make it two checks."
        raise entry.error("keeps_inputs", message, code="bad-lab")
    return check


def _call(entry: Fields, known: tuple[str, ...]) -> str:
    name = entry.text("call", known[0])
    if name not in known:
        raise entry.word_error("call", name, known, f"'entry' has no '{name}'. {suggest(name, known)}")
    return name


def function_name(fields: Fields, name: str, word: str) -> str:
    """Return a word that can be the name of a function. Raises ContentError."""
    if not word.isidentifier() or word.startswith("_"):
        raise fields.error(name, f"'{name}' must name a function, as in '{name}: sgd_step', got '{word}'.")
    return word


def _bound(entry: Fields, judge: str) -> tuple[float, bool]:
    sides = [side for side in ("at_most", "at_least") if side in entry]
    if len(sides) != (1 if judge else 0):
        message = (
            "A judge's number needs one bound: 'at_most: …' or 'at_least: …'."
            if judge
            else "Only a judge's number has a bound. Name the function of reference.py: 'judge: …'."
        )
        raise entry.error(sides[0] if sides else "judge", message, code="bad-lab")
    return (float(entry.number(sides[0])), sides[0] == "at_most") if sides else (0.0, True)


def _points(entry: Fields) -> float:
    points = float(entry.number("points", 1))
    if not 0 < points <= 1000:
        raise entry.error("points", "'points' must be above 0 and at most 1000.")
    return points


def _seconds(entry: Fields) -> float | None:
    if "seconds" not in entry:
        return None
    seconds = float(entry.number("seconds"))
    if not 0 < seconds <= _LONGEST_SECONDS:
        raise entry.error("seconds", f"'seconds' must be above 0 and at most {_LONGEST_SECONDS:g}, got {seconds:g}.")
    return seconds


def _truth(entry: Fields, name: str) -> bool:
    value = entry.value(name, default=False)
    if not isinstance(value, bool):
        raise entry.error(name, f"'{name}' must be true or false.")
    return value


def _tolerance(entry: Fields) -> Tolerance:
    relative = float(entry.number("rel", DEFAULT.relative))
    absolute = float(entry.number("abs", DEFAULT.absolute))
    entry.refuse_unknown()
    for name, value in (("rel", relative), ("abs", absolute)):
        if value < 0:
            raise entry.error(name, f"'{name}' must be 0 or above, got {value:g}.")
    return Tolerance(relative, absolute)
