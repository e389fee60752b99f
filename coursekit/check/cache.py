"""What was found in files that did not change, kept between checks. Deleting it does no harm.

A topic's findings hang on its own bytes, on `course.md`, on coursekit's code, and, where it predicts runs or tells
figures, on the labs and what is kept of their runs.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import coursekit
from coursekit.check.facts import QuestionFacts, TopicFacts
from coursekit.check.finding import Finding
from coursekit.check.topic import examine
from coursekit.course import Course, Topic
from coursekit.files import replace_file
from coursekit.lab.definition import Lab
from coursekit.lab.lock import Locked

_MOST_BYTES = 2_000_000  # what is larger is refused by the reader


def examine_all(
    course: Course, labs: Mapping[str, Lab], kept: Mapping[str, Locked] | None, place: Path | None
) -> tuple[TopicFacts, ...]:
    """Examine every topic whose outcome is not known yet."""
    known, code = _load(place), _code_digest()
    env = _digest(code, course.front.front.source)
    keys = None if kept is None else sorted(kept.items())
    runs = _digest(env, repr(sorted(labs.items())), repr(keys))
    fresh: dict[str, Any] = {}
    facts: list[TopicFacts] = []
    for topic in course.topics:
        data = _bytes(topic)
        key = _digest(runs if b"predict" in data or b"figures:" in data else env, topic.path, repr(topic.names), data)
        found = _restored(known[key]) if key in known else None
        facts.append(found or examine(course, topic, labs, kept))
        fresh[key] = known[key] if found else facts[-1]
    if place and fresh.keys() != known.keys():
        _save(place, fresh)
    return tuple(facts)


def _digest(*parts: str | bytes) -> str:
    whole = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode(errors="surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def _bytes(topic: Topic) -> bytes:
    try:
        with topic.file.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""


def _code_digest() -> str:
    """Digest the names, sizes and times of coursekit's own files: another version may find other things."""
    folder = Path(coursekit.__file__).parent
    found = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*.py"))
    return _digest(repr(found))


def _load(place: Path | None) -> dict[str, Any]:
    try:
        found: Any = json.loads(place.read_bytes()) if place else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _restored(entry: Any) -> TopicFacts | None:
    """Make facts of what was kept; None where it holds something else."""
    try:
        path, folder, objectives, questions, findings = entry
        return TopicFacts(
            path,
            folder,
            objectives,
            tuple(QuestionFacts._make(each) for each in questions),
            tuple(Finding(*each[:5], fix=tuple(each[5]) if each[5] else None) for each in findings),
        )
    except (TypeError, ValueError):
        return None


def _save(place: Path, entries: Mapping[str, Any]) -> None:
    with suppress(OSError):  # the next check reads the files again
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, json.dumps(entries).encode())
