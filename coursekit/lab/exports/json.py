"""A run as JSON lines, as `coursekit lab run --json` prints it, so that `coursekit replay` can make it again.

{"type": "start", "config": {…}, "versions": {…}, …}
{"type": "step", "step": 1, "loss": 2.3, …}
{"type": "result", "outcome": "finished", "goals": […], "score": {"points": 3.0, "out_of": 3.0}}
"""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from coursekit.lab.exports import ExportedRun, Exporter


def _write(run: ExportedRun) -> str:
    return "".join(f"{json.dumps(record, ensure_ascii=False, allow_nan=False)}\n" for record in _records(run))


def _records(run: ExportedRun) -> Iterator[dict[str, Any]]:  # Any: JSON
    yield {"type": "start", "config": run.config, **run.provenance}
    for point in run.points:
        yield {"type": "step", **_finite(point._asdict())}
    for trial in run.trials:
        yield {"type": "trial", "step": trial.number, "cells": _finite(trial.cells)}
    score = {
        "points": sum(result.earned for result in run.goals),
        "out_of": sum(result.goal.points for result in run.goals),
    }
    goals = [result.to_json() for result in run.goals]
    yield {"type": "result", "outcome": run.outcome, "goals": goals, "score": score}


def _finite(record: Mapping[str, Any]) -> dict[str, Any]:
    """Put null for what is no number."""
    return {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in record.items()}


PLUGIN = Exporter(".jsonl", _write)
