"""The keys that training runs decided, and figures that they came to, as a course keeps them (see `kept`).

`made_by` is a digest of the runs' configurations, of what is asked about them, and of the source that made them: when
one of them changes, the key is stale until the runs are made again.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

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

_IMPORT = re.compile(r"coursekit\.train\.(data|models|optimizers|schedules)\.(\w+)")


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
    """Digest the source that makes a run: the trainer that grades, which is NumPy's, and the plug-ins that it names.

    So a new optimizer makes no key stale. A probe may name more than its options say, so for one all others count but
    the other probes.
    """
    if isinstance(config, ProbeConfig):
        return _digest(("probes",), (plugin_name(config.probe),))
    return _digest(("data", "models", "optimizers", "probes", "schedules"), tuple(sorted(_named(config.to_json()))))


def _named(data: Any) -> set[str]:
    """Collect the names of plug-ins in a configuration, also of those inside others."""
    if not isinstance(data, Mapping):
        return set()
    entries = cast("Mapping[str, Any]", data)
    inside = (_named(value) for value in entries.values())
    return set[str]().union(*inside) | ({str(entries["name"])} if "name" in entries else set())


@cache
def _digest(families: tuple[str, ...], names: tuple[str, ...]) -> str:
    """Digest the trainer with some members of these families, and those that others import."""
    folder = Path(__file__).parent.parent / "train"
    files = {path for path in folder.rglob("*.py") if not path.name.startswith("tensor")}
    members = {path for path in files if path.parent.name in families and path.stem[0] != "_"}
    used = (files - members) | {path for path in members if path.stem.replace("_", "-") in names}
    while more := _imported(folder, used) & members - used:
        used |= more
    return sha256(b"".join(path.read_bytes() for path in sorted(used))).hexdigest()


def _imported(folder: Path, paths: Iterable[Path]) -> set[Path]:
    found = (_IMPORT.findall(path.read_text(encoding="utf-8")) for path in paths)
    return {folder / family / f"{name}.py" for each in found for family, name in each}
