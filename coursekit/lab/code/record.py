"""A grade of code in the learner's record, and a recorded one made again from its own text and seed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, final

from coursekit.errors import ContentError
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.results import CodeGrade
from coursekit.store.labs import LabGrade


def recorded_code_grade(grade: CodeGrade, now: datetime) -> LabGrade:
    """Make the row: the text and the seed, and each check with its verdict."""
    whole = grade.to_json()
    return LabGrade(
        lab=grade.lab,
        config={**whole["config"], "tier": grade.tier},
        settings={},
        results=tuple(whole["checks"]),
        points=grade.points,
        out_of=grade.out_of,
        at=now,
    )


@final
@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A grade as it was printed."""

    lab: str
    source: str
    seed: int
    verdicts: Mapping[str, str]
    points: float


def read_code_grade(line: str | bytes, path: str) -> CodeRecord:
    """Read a grade's JSON line. Raises ContentError."""
    try:
        found = json.loads(line)
        config, checks = found["config"], found["checks"]
        verdicts = {str(check["name"]): str(check["verdict"]) for check in checks}
        return CodeRecord(
            str(found["lab"]), str(config["code"]), int(config["seed"]), verdicts, float(found["score"]["points"])
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = "This is no record of a grade of code. 'coursekit lab grade NAME FILE --json' prints one."
        raise ContentError(path, 1, message) from error


def regrade_code(lab: CodeLab, record: CodeRecord) -> tuple[str, ...]:
    """Grade the recorded text again with its seed; return what comes out otherwise. Raises ContentError."""
    with Grading(lab, record.source.encode(errors="replace"), record.seed) as grading:
        now: dict[str, Any] = {result.check.name: result.verdict for result in grading.results()}
        points = grading.grade().points
    reasons = [
        f"'{name}' was {record.verdicts.get(name, 'not there')}, now it is {now.get(name, 'not there')}"
        for name in sorted({*record.verdicts, *now})
        if record.verdicts.get(name) != now.get(name)
    ]
    if points != record.points:
        reasons.append(f"the record's score is {record.points:g}, this one is {points:g}")
    return tuple(reasons)
