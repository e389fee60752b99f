"""Run a recorded training or grade again and say whether the same comes out.

examples:
  coursekit replay run.jsonl
  coursekit train --config run.yaml --json | coursekit replay -
  coursekit lab run learning-rate --json > run.jsonl; coursekit replay run.jsonl --json
  coursekit lab grade learning-rate --json > grade.json; coursekit replay grade.json

A grade of code is made again from the text and the seed that it recorded, by the lab of the course.

It trains with NumPy in float64 and compares every loss. How far they may differ hangs on the record's number type and
optimizer, and is told. Other versions and another kernel are told too; other data are a failure.

Exit status: 0 when it agrees, 1 when it does not, 2 for a file that is no record.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.lab.regrade import GradeRecord, read_grade, regrade
from coursekit.lab.replay import Record, ReplayReport, read_record, replay
from coursekit.words import count

GROUP = "self-grader"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what is read."""
    parser.add_argument("record", metavar="FILE", help="what 'train --json' or 'lab run --json' printed; - is stdin")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(given: Namespace) -> int:
    """Replay the record and print the report."""
    lines = _lines_of(given.record)
    name = "standard input" if given.record == "-" else given.record
    if lines and b'"type": "grade", "kind": "code"' in lines[0]:
        from coursekit.cli._lab_code import regrade_file  # NumPy, so only for a grade of code

        return regrade_file(given, lines[0], name)
    if lines and b'"type": "grade"' in lines[0]:
        return _regrade(given, read_grade(lines[0], name))
    record = read_record(lines, name)
    report = replay(record, the_log(given))
    if given.json:
        print_json(_as_json(record, report))
    else:
        print("\n".join(_lines(record, report)))
    return 0 if report.agrees else 1


def _lines_of(path: str) -> list[bytes]:
    if path == "-":
        return sys.stdin.buffer.readlines()
    with open(path, "rb") as lines:
        return lines.readlines()


def _regrade(given: Namespace, record: GradeRecord) -> int:
    report = regrade(record, the_log(given))
    if given.json:
        names = ("agrees", "points", "largest", "bound", "reasons")
        print_json({"type": "replay"} | {name: getattr(report, name) for name in names})
    else:
        print(f"Graded again with the same {count(len(record.seeds), 'seed')}: {report.points:g} points.")
        print(f"Largest difference of a value: {report.largest:.2g}, allowed are {report.bound:g}.")
        print("The grade agrees." if report.agrees else f"The grade does not agree: {'; '.join(report.reasons)}.")
    return 0 if report.agrees else 1


def _as_json(record: Record, report: ReplayReport) -> dict[str, Any]:
    return {
        "type": "replay",
        "agrees": report.agrees,
        "bound": report.bound.relative,
        "floor": report.bound.floor_share,
        "why": report.bound.why,
        "largest": report.largest._asdict(),
        "steps": {"record": len(record.steps), "replay": report.steps},
        "same": report.is_same,
        "notes": report.notes,
        "reasons": report.reasons,
    }


def _lines(record: Record, report: ReplayReport) -> Iterator[str]:
    made_by, largest, bound = record.config, report.largest, report.bound
    steps = count(report.steps, "step")
    yield f"Made with {made_by.backend} in {made_by.dtype}, replayed with numpy in float64: {steps}."
    yield f"Largest difference: {largest.value:.2g}, in the {_said(largest.name)} at step {largest.step}."
    yield f"Allowed: {bound.relative:g} ({bound.why}); a loss counts as {bound.floor_share:g} of the first at least."
    for name, same in report.is_same.items():
        yield f"{name.capitalize()}: {'the same' if same else 'different'}."
    yield from (f"  {note}" for note in report.notes)
    yield "The record agrees." if report.agrees else f"The record does not agree: {'; '.join(report.reasons)}."


def _said(name: str) -> str:
    return name.replace("_", " ")
