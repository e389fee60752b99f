"""What a grade came to: a record for each check, and the whole, as a person reads it and as JSON.

Of a hidden check a record holds name and message only, so that nothing which shows it can tell more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, final

from coursekit.lab.code.checks import Check
from coursekit.words import count

Verdict = Literal["passed", "failed", "error"]
UNWRITTEN = "Not written yet."
"""What is said of a function that raises NotImplementedError, as a starter does; there is nothing more to show."""


@final
@dataclass(frozen=True, slots=True)
class ShownCase:
    """The smallest case that failed: its number from 1, its arguments, what is expected and what came."""

    number: int
    arguments: tuple[str, ...]
    expected: str
    got: str

    def to_json(self) -> dict[str, Any]:
        """Return the case as texts."""
        texts = {"expected": self.expected, "got": self.got}
        return {"number": self.number, "arguments": list(self.arguments), **texts}


@final
@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check and what the submission made of it: right, wrong (*failed*), or no result at all (*error*)."""

    check: Check
    verdict: Verdict
    message: str = ""
    """What is wrong, in a sentence: a known slip by its name, else the author's words, else what differs."""
    slip: str = ""
    """The file of the known slip that the submission makes, such as `wrong/sign_turned.py`."""
    detail: str = ""
    """What differs; nothing for a hidden check."""
    case: ShownCase | None = None
    traceback: str = ""
    output: str = ""
    """What the submission printed meanwhile; nothing for a hidden check."""

    @property
    def earned(self) -> float:
        """Points earned."""
        return self.check.points if self.verdict == "passed" else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the check with its verdict and what may be told of it."""
        told: Mapping[str, Any] = {
            "verdict": self.verdict,
            "earned": self.earned,
            "message": self.message,
            "slip": self.slip,
            "detail": self.detail,
            "case": self.case.to_json() if self.case else None,
            "traceback": self.traceback,
            "output": self.output,
        }
        return {**self.check.to_json(), **told}


@final
@dataclass(frozen=True, slots=True)
class CodeGrade:
    """The grade of one submission, or of its public checks alone."""

    lab: str
    source: str
    seed: int
    tier: int
    results: tuple[CheckResult, ...]
    hidden_left: int = 0
    """How many hidden checks were not run."""

    @property
    def points(self) -> float:
        """Points earned."""
        return sum(result.earned for result in self.results)

    @property
    def out_of(self) -> float:
        """Points that could be earned."""
        return sum(result.check.points for result in self.results)

    @property
    def is_passed(self) -> bool:
        """Say whether every check that was run is passed."""
        return all(result.verdict == "passed" for result in self.results)

    @property
    def summary(self) -> str:
        """Say how many checks are passed, public and hidden apart: '4 of 4 public; 3 hidden not run here'."""
        public = [result for result in self.results if result.check.is_public]
        hidden = [result for result in self.results if not result.check.is_public]
        parts = [f"{_passed(public)} of {len(public)} public"]
        if hidden:
            parts.append(f"{_passed(hidden)} of {len(hidden)} hidden")
        if self.hidden_left:
            parts.append(f"{self.hidden_left} hidden not run here")
        return "; ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Return the whole grade, from which it can be made again."""
        return {
            "type": "grade",
            "kind": "code",
            "lab": self.lab,
            "config": {"code": self.source, "seed": self.seed},
            "tier": self.tier,
            "hidden_left": self.hidden_left,
            "checks": [result.to_json() for result in self.results],
            "score": {"points": self.points, "out_of": self.out_of},
        }


def _passed(results: list[CheckResult]) -> int:
    return sum(result.verdict == "passed" for result in results)


def score_line(grade: CodeGrade) -> str:
    """Say the score and how many checks it comes from."""
    checks = count(len(grade.results), "check")
    return f"{grade.points:g} of {grade.out_of:g} points from {checks}: {grade.summary}."
