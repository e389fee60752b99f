"""Verify a statement of a mock exam: draw and grade again what it tells.

FILE is the JSON that 'coursekit certificate' wrote. The course must be the one that it is about. A statement that holds
proves what was drawn and how it is graded. It proves no identity: who sat there no file can say.

examples:
  coursekit verify eitc-sitting-3.json

Exit status: 0 when nothing differs, 1 when something does, 2 when the file is no statement.
"""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.errors import UsageError
from coursekit.exam.statement import differences

GROUP = "learner"

_LARGEST_BYTES = 5_000_000
_HOLDS = "It holds: drawn and graded again, everything is as the file says. It proves no identity."


def add_arguments(parser: ArgumentParser) -> None:
    """Say which file."""
    parser.add_argument("file", metavar="FILE", help="the JSON of a statement")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(given: Namespace) -> int:
    """Say what differs."""
    record = _read(Path(given.file))
    found = list(differences(the_course(given), record))
    if given.json:
        print_json({"type": "verification", "holds": not found, "differences": found})
    else:
        for text in found or [_HOLDS]:
            print(clean(text).replace("\n", " "))
    return 1 if found else 0


def _read(path: Path) -> Mapping[str, Any]:
    """Read the file. Raises UsageError, OSError."""
    with path.open("rb") as file:
        data = file.read(_LARGEST_BYTES + 1)
    try:
        record = json.loads(data.decode("utf-8")) if len(data) <= _LARGEST_BYTES else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        page = " Name the JSON that lies beside the page." if path.suffix == ".html" else ""
        raise UsageError(f"{path} is no statement of a mock exam.{page}")
    return cast("Mapping[str, Any]", record)
