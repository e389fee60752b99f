"""The keys that training runs decided, kept in the course: `content/predict.lock`.

    {"predict-divergence": {"made_by": "5d0c…", "observed": "diverges"}}

`made_by` is a digest of the runs' configurations, of what is asked about them, and of the trainer's own source: when
one of them changes, the key is stale until the runs are made again.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.files import read_text, replace_file, shown
from coursekit.lab.definition import Lab
from coursekit.lab.experiment import configurations
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question

FILE = "predict.lock"


class Locked(NamedTuple):
    """What was observed, and a digest of everything that it came from."""

    made_by: str
    observed: str


def lock_path(course: Course) -> Path:
    """Say where a course keeps them."""
    return course.folder / "content" / FILE


def read_lock(course: Course) -> dict[str, Locked]:
    """Read the kept keys by question id; none when there is no file. Raises ContentError."""
    path = lock_path(course)
    if not path.exists():
        return {}
    try:
        return {name: Locked(str(entry["made_by"]), str(entry["observed"])) for name, entry in _entries(course).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "This file cannot be read. Delete it, then make it again with 'coursekit lock'."
        raise ContentError(shown(path), 1, message, code="bad-lock") from None


def write_lock(course: Course, locked: Mapping[str, Locked]) -> None:
    """Keep the keys, one question to a line, in the order of their ids. Raises OSError."""
    lines = [f"  {json.dumps(name)}: {json.dumps(locked[name]._asdict())}" for name in sorted(locked)]
    replace_file(lock_path(course), ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8"))


def made_by(question: Question, lab: Lab) -> str:
    """Digest what decides a question. Raises UsageError, ConfigError."""
    runs = [config.to_json() for config in configurations(question, lab)]
    asked = question.body.asks() if isinstance(question.body, Experiment) else ""
    return sha256(json.dumps([runs, asked, trainer_digest()], sort_keys=True).encode()).hexdigest()[:16]


@cache
def trainer_digest() -> str:
    """Digest the source of the trainer that grades, which is NumPy's."""
    folder = Path(__file__).parent.parent / "train"
    files = sorted(path for path in folder.rglob("*.py") if not path.name.startswith("tensor"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _entries(course: Course) -> dict[str, Any]:
    return json.loads(read_text(lock_path(course), course.folder))
