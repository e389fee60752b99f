"""What each topic file holds: its title, its lesson, and its questions by id and line.

A course of some files keeps this between starts, by each file's size and time: reading 400 files takes a second, and 12
take 6 ms of the 28 that the app has until its first frame. Deleting what is kept does no harm.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coursekit.errors import ContentError
from coursekit.files import find, read_text, replace_file, shown

if TYPE_CHECKING:  # 5 ms, and where the index is kept no file is read
    from coursekit.document import Document, Section

MANY = 10
"""Files from which on it pays to keep their index."""
_FACT = re.compile(r"""^(kind|objective|difficulty|lab):[ \t]+["']?([\w.-]+)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_DEFAULT_LAB = (  # bounded, since a stranger may write a thousand such lines; compiled by the first file that is read
    r"""(?m)^defaults:[ \t]*(?:\{(?:[^}\n]{0,500},)?|(?:#.*)?\n(?:[ \t]+.*\n){0,20}?)[ \t]*lab:[ \t]+["']?([\w.-]+)"""
)
_SETTLED_NS = 2_000_000_000  # a file may change twice within one tick of its clock; after this it would show
_LEFT_OUT = ("course.md", "README.md")
EXAMS = "exams"
"""The folder of `content/` whose files are blueprints of exams, not topics."""


class Entry(NamedTuple):
    """A question: its id, the line of its heading, its title."""

    id: str
    line: int
    title: str


class Facts(NamedTuple):
    """What choosing a question needs to know of it, as it says or, of the lab, its topic: '' for what nothing says."""

    kind: str
    objective: str
    difficulty: str
    lab: str


class Scan(NamedTuple):
    """One file: its questions by id, line of the heading, title and facts, in columns of the same length.

    A file that cannot be read has no title, and a problem that says why.
    """

    title: str
    lesson: str
    ids: Sequence[str]
    lines: Sequence[int]
    titles: Sequence[str]
    facts: Sequence[Sequence[str]]
    problems: Sequence[tuple[int, str, str]]
    """Line, what is wrong, and its code."""


class Scanned(NamedTuple):
    """A file, what it holds, and the whole of it if it had to be read."""

    path: Path
    scan: Scan
    document: "Document | None"


def scan_all(folder: Path, kept: Callable[[], Path | None] | None = None) -> tuple[Scanned, ...]:
    """Scan the topic files below `content/`, in the order of their names; `kept` names where to keep the index."""
    exams = str(folder / "content" / EXAMS) + os.sep
    found_here = find(folder / "content", ".md")
    files = [(path, found) for path, found in found_here if _is_topic(path, exams)]
    place = kept() if kept and len(files) >= MANY else None
    known, since = _load(place)
    scanned: list[Scanned] = []
    fresh: dict[str, Any] = {}
    for path, found in files:
        key, stamp = str(path), [found.st_size, found.st_mtime_ns]
        entry = known.get(key)
        if entry and entry[0] == stamp and found.st_mtime_ns + _SETTLED_NS < since:
            scanned.append(Scanned(path, Scan._make(entry[1]), None))
        else:
            scanned.append(_scanned(path, folder))
        fresh[key] = [stamp, scanned[-1].scan]
    if place and (any(one.document for one in scanned) or len(known) != len(fresh)):
        _save(place, fresh)
    return tuple(scanned)


def is_exam(path: Path) -> bool:
    """Say whether a file lies in the folder of a course's exams, which needs not to be open."""
    return any(part.name == EXAMS and (part.parent / "course.md").is_file() for part in path.absolute().parents)


def _is_topic(path: Path, exams: str) -> bool:
    return path.name not in _LEFT_OUT and not str(path).startswith(exams)


def _scanned(path: Path, folder: Path) -> Scanned:
    from coursekit.document import split

    try:
        whole = split(read_text(path, folder), shown(path))
        title = whole.field("title")
        if not title:
            raise ContentError(
                whole.path, 1, "The front matter has no title. Add a line 'title: …'.", code="missing-field"
            )
        lesson = whole.field("lesson") or "Other topics"
    except ContentError as error:
        return Scanned(path, Scan("", "", (), (), (), (), ((error.line, error.message, error.code),)), None)
    lab = found[1] if (found := re.search(_DEFAULT_LAB, whole.front.source)) else ""
    entries: list[tuple[str, int, str, Facts]] = []
    problems: list[tuple[int, str, str]] = []
    for section in whole.sections:
        try:
            entries.append((_id(section), section.line, section.title, _facts(section, lab)))
        except ContentError as error:
            problems.append((error.line, error.message, error.code))
    ids, lines, titles, facts = zip(*entries, strict=True) if entries else ((), (), (), ())
    return Scanned(path, Scan(title, lesson, ids, lines, titles, facts, problems), whole)


def _id(section: "Section") -> str:
    return section.field("id") or section.fields().text("id")


def _facts(section: "Section", lab: str) -> Facts:
    """Read the facts as the plain words that they are: YAML is not loaded for them. `lab` is the topic's for all."""
    source = section.fence.source if section.fence else ""
    found = dict(reversed(_FACT.findall(source)))
    if lab and "lab" not in source:
        found["lab"] = lab
    return Facts(*(found.get(name, "") for name in Facts._fields))


def _load(place: Path | None) -> tuple[dict[str, Any], int]:
    """Read the index and when it was written; nothing of one that another reader wrote, or that is damaged."""
    try:
        if place:
            found = json.loads(place.read_bytes())
            if found["reader"] == _reader():
                return found["files"], place.stat().st_mtime_ns
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return {}, 0


def _save(place: Path, files: dict[str, Any]) -> None:
    """Keep the index; where that cannot be done, the next start reads the files again."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, json.dumps({"reader": _reader(), "files": files}).encode())


def _reader() -> list[int]:
    """Say by which code the files were read: another one may read them otherwise."""
    here = Path(__file__)
    return list(_stamps(*(str(here.with_name(name)) for name in (here.name, "document.py", "fields.py"))))


def _stamps(*paths: str) -> Iterator[int]:
    for path in paths:
        found = os.stat(path)
        yield from (found.st_size, found.st_mtime_ns)
