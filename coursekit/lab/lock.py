"""The keys that training runs decided, and figures that they came to, as a course keeps them (see `kept`).

`made_by` is a digest of the runs' configurations, of what is asked about them, and of the trainer's own source: when
one of them changes, the key is stale until the runs are made again.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from coursekit.course import Course
from coursekit.files import replace_file
from coursekit.kept import FILE, Locked, read_kept
from coursekit.lab.definition import Lab
from coursekit.lab.experiment import configurations
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.train.jobs import Job
from coursekit.train.options import plugin_name
from coursekit.train.probing import ProbeConfig


def lock_path(course: Course) -> Path:
    """Say where a course keeps them."""
    return course.folder / "content" / FILE


def read_lock(course: Course) -> dict[str, Locked]:
    """Read the kept keys by question id, and figures; none when there is no file. Raises ContentError."""
    return read_kept(course.folder)


def write_lock(course: Course, locked: Mapping[str, Locked]) -> None:
    """Keep the keys, one question to a line, in the order of their ids. Raises OSError."""
    lines = [f"  {json.dumps(name)}: {json.dumps(locked[name]._asdict())}" for name in sorted(locked)]
    replace_file(lock_path(course), ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8"))


def made_by(question: Question, lab: Lab) -> str:
    """Digest what decides a question. Raises UsageError, ConfigError."""
    runs = configurations(question, lab)
    asked = question.body.asks() if isinstance(question.body, Experiment) else ""
    parts = [[config.to_json() for config in runs], asked, *(source_digest(config) for config in runs[:1])]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def source_digest(config: Job) -> str:
    """Digest the source that makes a run: the trainer that grades, which is NumPy's, and of the probes its own."""
    return _digest(plugin_name(config.probe) if isinstance(config, ProbeConfig) else "")


@cache
def _digest(probe: str) -> str:
    folder = Path(__file__).parent.parent / "train"
    others = {path for path in (folder / "probes").glob("[a-z]*.py") if path.stem != probe.replace("-", "_")}
    files = sorted(path for path in folder.rglob("*.py") if not path.name.startswith("tensor") and path not in others)
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
