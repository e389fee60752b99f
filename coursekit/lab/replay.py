"""A record of a run, made again with NumPy in float64 and held against what it says.

    record = read_record(lines, "run.jsonl")     # what `coursekit train --json` or `coursekit lab run --json` printed
    report = replay(record, log)
    report.agrees, report.bound, report.largest

How far the two may differ stands in `differing.py`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any, cast, final

from coursekit.errors import ConfigError, ContentError
from coursekit.lab.child import Child
from coursekit.lab.differing import LOSSES, OVERFLOW, Bound, Difference, Line, bound_of, largest_difference
from coursekit.train.config import TrainingConfig


@final
@dataclass(frozen=True, slots=True)
class Record:
    """A run as it was told; numbers that were not finite are None."""

    config: TrainingConfig
    made_on: Mapping[str, Any]  # versions, kernel, data
    steps: tuple[Line, ...]
    outcome: str


@final
@dataclass(frozen=True, slots=True)
class Replay:
    """The same run on this machine; `outcome` is "going on" when the record ends before it."""

    start: Line
    steps: tuple[Line, ...]
    outcome: str


@final
@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay came to; it agrees when there is no reason why not."""

    bound: Bound
    largest: Difference
    steps: int  # of the replay
    is_same: Mapping[str, bool]  # data, versions, kernel
    notes: tuple[str, ...]  # what is different here from where the record was made
    reasons: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Say whether the record came out again."""
        return not self.reasons


def read_record(lines: Iterable[bytes], path: str) -> Record:
    """Read JSON lines: a start, steps, an end. Raises ContentError with the line that is wrong."""
    start: Line | None = None
    steps: list[Line] = []
    outcome: str | None = None
    number = 0
    for number, line in enumerate(lines, start=1):
        record = _object(line, path, number)
        if outcome is not None:
            raise ContentError(path, number, "The record has ended before this line. Replay one run at a time.")
        match record.get("type"):
            case "start" if start is None:
                start = record
            case "step" if start is not None:
                steps.append(_step(record, path, number, expected=len(steps) + 1))
            case "result" | "end" if steps:
                outcome = _outcome(record, path, number)
            case "trial" | "values":
                message = "This is the record of a measurement. Have it graded with --json, and replay the grade."
                raise ContentError(path, number, message)
            case kind:
                raise ContentError(path, number, _misplaced(kind, start, steps))
    if start is None or outcome is None:
        raise ContentError(path, max(number, 1), "The record breaks off here: it has no 'result'. Was the run killed?")
    return _record(start, steps, outcome, path)


def replay(record: Record, log: Path | None) -> ReplayReport:
    """Train again and compare. Raises WorkerError."""
    ours = _train_again(record, log)
    bound = bound_of(record.config)
    largest = largest_difference(record.config, record.steps, ours.steps)
    notes = tuple(_notes(record, ours))
    reasons = (*_other_data(record, ours), *_other_end(record, ours), *_excess(largest, bound))
    return ReplayReport(bound, largest, len(ours.steps), _sameness(record, ours), notes, reasons)


# Reading.


def _object(line: bytes, path: str, number: int) -> Line:
    try:
        record: Any = json.loads(line.decode())
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise ContentError(path, number, "This is no line of a record. 'coursekit train --json' prints one.")
    return cast("Line", record)


def _misplaced(kind: object, start: Line | None, steps: Sequence[Line]) -> str:
    expected = "'start'" if start is None else "'step' or 'result'" if steps else "'step'"
    return f"A record has a line of type {expected} here, got {json.dumps(kind)[:40]}."


def _step(record: Line, path: str, number: int, *, expected: int) -> Line:
    if record.get("step") != expected:
        raise ContentError(path, number, f"'step' must be {expected} here, got {json.dumps(record.get('step'))[:40]}.")
    for name in LOSSES:
        if name not in record:
            raise ContentError(path, number, f"'{name}' is missing.")
        if not _is_number_or_null(record[name]):
            raise ContentError(path, number, f"'{name}' must be a number or null, got {json.dumps(record[name])[:40]}.")
    return record


def _outcome(record: Line, path: str, number: int) -> str:
    if (outcome := record.get("outcome")) not in ("finished", "diverged", "stopped"):
        said = json.dumps(outcome)[:40]
        raise ContentError(path, number, f"'outcome' must be finished, diverged or stopped, got {said}.")
    return cast("str", outcome)


def _is_number_or_null(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return value is None or (isinstance(value, int | float) and abs(value) < inf)


def _record(start: Line, steps: Sequence[Line], outcome: str, path: str) -> Record:
    try:
        config = TrainingConfig.from_json(start.get("config", {}))
    except ConfigError as error:
        raise ContentError(path, 1, str(error)) from error
    made_on = {name: value for name, value in start.items() if name not in ("type", "config")}
    return Record(config, made_on, tuple(steps), outcome)


# Training again.


def _train_again(record: Record, log: Path | None) -> Replay:
    """Run the same; a record that stopped or diverged is followed up to there, since this run may go on."""
    config = replace(record.config, backend="numpy", dtype="float64", xla=False)
    most = inf if record.outcome == "finished" else len(record.steps)
    with Child(config, log) as child:
        records = child.records()
        start = next(records)
        steps: list[Line] = []
        for told in records:
            if told["type"] == "end":
                return Replay(start, tuple(steps), told["outcome"])
            if len(steps) == most:
                break
            steps.append(told)
    return Replay(start, tuple(steps), _outcome_so_far(steps[-1], OVERFLOW[record.config.dtype]))


def _outcome_so_far(step: Line, overflow: float) -> str:
    """Say that a run which goes on has diverged by what the record's type could hold."""
    return "diverged" if any(abs(step[name] or 0) >= overflow for name in LOSSES) else "going on"


# Judging.


def _other_data(record: Record, ours: Replay) -> Iterator[str]:
    there, here = _told(record.made_on, "data"), ours.start["data"]
    if there != here:
        yield f"the data are others: {there} in the record, {here} here"


def _other_end(record: Record, ours: Replay) -> Iterator[str]:
    is_other = record.outcome not in ("stopped", ours.outcome)
    if is_other or len(record.steps) != len(ours.steps):
        yield f"the record {_ended(record)}, its replay {_ended(ours)}"


def _ended(run: Record | Replay) -> str:
    was = "was going on" if run.outcome == "going on" else run.outcome if run.outcome != "stopped" else "was stopped"
    return f"{was} at step {len(run.steps)}"


def _excess(largest: Difference, bound: Bound) -> Iterator[str]:
    if largest.value > bound.relative:
        said = largest.name.replace("_", " ")
        yield f"the {said} at step {largest.step} differs by {largest.value:.2g}, allowed are {bound.relative:g}"


def _sameness(record: Record, ours: Replay) -> dict[str, bool]:
    """Say what is the same; a library that the replay does not use is no difference."""
    versions = _versions(record)
    return {
        "data": record.made_on.get("data") == ours.start["data"],
        "versions": all(versions.get(name) == here for name, here in ours.start["versions"].items()),
        "kernel": record.made_on.get("kernel") == ours.start["kernel"],
    }


def _notes(record: Record, ours: Replay) -> Iterator[str]:
    """Say in what this machine is another."""
    there, here = {**_versions(record), **record.made_on}, {**ours.start["versions"], "kernel": ours.start["kernel"]}
    for name, value in here.items():
        if there.get(name) != value:
            yield f"{name}: {_told(there, name)} in the record, {value} here"


def _versions(record: Record) -> Line:
    versions: Any = record.made_on.get("versions")
    return cast("Line", versions) if isinstance(versions, dict) else {}


def _told(made_on: Mapping[str, Any], name: str) -> str:
    return str(made_on.get(name, "unknown"))
