"""The proof of a lab of code: the reference earns everything, the starter nothing, each classic mistake is named.

All on several seeds, since a check that a mistake passes with some cases separates nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import final

from coursekit.errors import ContentError, UsageError
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.parts import Part, Slip, read_part, read_slips
from coursekit.lab.code.results import CodeGrade

SEEDS = (1, 2, 3)


@final
@dataclass(frozen=True, slots=True)
class Claim:
    """What a lab says of itself and does not hold: where, by which code of `coursekit explain`, and what."""

    path: str
    line: int
    code: str
    message: str
    is_error: bool = True


def prove(lab: CodeLab, seeds: Sequence[int] = SEEDS) -> Iterator[Claim]:
    """Grade the reference, the starter and each classic mistake, and yield what is not as it should be."""
    open_lab = replace(lab, checks=tuple(replace(check, is_public=True) for check in lab.checks))
    try:
        yield from _reference(open_lab, seeds)
        yield from _starter(open_lab, seeds)
        for slip in read_slips(lab):
            yield from _slip(open_lab, slip, seeds)
    except ContentError as error:
        yield Claim(error.path, error.line, error.code, error.message)
    except UsageError as error:  # this machine has no sandbox that would do
        yield Claim(lab.path, 1, "unproven-lab", str(error), is_error=False)


def _reference(lab: CodeLab, seeds: Sequence[int]) -> Iterator[Claim]:
    part = read_part(lab, "reference.py")
    for seed in seeds:
        for result in _grade(lab, part, seed).results:
            if result.verdict != "passed":
                why = result.detail or result.message
                message = f"reference.py does not pass '{result.check.name}' with seed {seed}: {why}"
                yield Claim(lab.path, result.check.line, "solution-fails", _ended(message))
                return


def _starter(lab: CodeLab, seeds: Sequence[int]) -> Iterator[Claim]:
    part = read_part(lab, "starter.py")
    grades = [_grade(lab, part, seed) for seed in seeds[:1]]
    for result in grades[0].results:
        if result.verdict == "passed":
            message = f"starter.py passes '{result.check.name}' before anything is written. Let it raise"
            yield Claim(lab.path, result.check.line, "wrong-passes", f"{message} NotImplementedError.")


def _slip(lab: CodeLab, slip: Slip, seeds: Sequence[int]) -> Iterator[Claim]:
    """Hold a classic mistake to two things: it never earns everything, and its own sentence is what it is told."""
    grades = {seed: _grade(lab, slip.part, seed) for seed in seeds}
    passes = sum(grade.is_passed for grade in grades.values())
    if passes:
        code = "wrong-passes" if passes == len(grades) else "lucky-goal"
        message = f"{slip.part.name} passes every check with {passes} of {len(grades)} seeds."
        yield Claim(slip.part.path, 1, code, f"{message} Add a case or a check that it misses.")
        return
    for seed, grade in grades.items():
        told = [result.slip for result in grade.results if result.verdict != "passed"]
        if slip.part.name not in told:
            others = ", ".join(sorted(set(filter(None, told)))) or "nothing"
            message = f"{slip.part.name} is not named by its own sentence with seed {seed}, but by {others}."
            yield Claim(slip.part.path, 1, "unnamed-slip", f"{message} Add a case on which the two differ.")
            return


def _grade(lab: CodeLab, part: Part, seed: int) -> CodeGrade:
    with Grading(lab, part.text.encode(), seed) as grading:
        for _ in grading.results():
            pass
        return grading.grade()


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
