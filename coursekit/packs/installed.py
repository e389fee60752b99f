"""The courses that a learner has installed: each a folder of its own under `courses/` in the learner's folder.

    courses/tiny/content/course.md
    courses/tiny/labs/bowl/lab.md
    courses/tiny/origin.json          {"from": "/home/me/tiny.zip"}

A course is written beside its place and renamed into it. One that is replaced is put aside first, and a reader that
finds it aside and nothing in its place puts it back; so whenever a process is killed, one whole course is there. Who
changes what is installed holds the lock `.courses.lock`, so two that do so at once wait for each other.
"""

import json
import os
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, final

from coursekit.course import Course, open_course
from coursekit.document import split
from coursekit.errors import CourseError, CoursekitError, UsageError, suggest
from coursekit.files import read_text, shown
from coursekit.packs.names import what_is_wrong
from coursekit.packs.opening import open_pack
from coursekit.packs.pack import Pack
from coursekit.packs.packages import package_courses

_ROOM = "courses"
_ORIGIN = "origin.json"
_LOCK = ".courses.lock"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_STALE_SECONDS = 3600
_NEW, _OLD, _GONE = ".new-", ".old-", ".gone-"


@final
@dataclass(frozen=True, slots=True)
class Installed:
    """A course that is there to be named by its id; `origin` says where it came from."""

    id: str
    folder: Path
    origin: str
    is_package: bool = False


@final
@dataclass(frozen=True, slots=True)
class Added:
    """What an installation came to."""

    course: Course
    left_out: tuple[str, ...]
    was_replaced: bool


def add_course(home: Path, source: Path, *, replace: bool = False) -> Added:
    """Install a course from a folder or a zip. Raises CourseError, and nothing is changed then."""
    room = home / _ROOM
    try:
        room.mkdir(parents=True, exist_ok=True)
        with _alone(room):
            _tidy(room)
            new = Path(mkdtemp(prefix=_NEW, dir=room))
            _drop_stale(room, new)
            try:
                return _added(room, new, source, replace)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise _unwritable(room, error) from error


def remove_course(home: Path, name: str) -> Installed:
    """Take an installed course away; what was attempted stays in the record. Raises UsageError, CourseError."""
    found = {one.id: one for one in installed(home)}
    if name not in found:
        known = suggest(name, tuple(found)) if found else "None is installed."
        raise UsageError(f"There is no installed course '{name}'. {known}")
    if found[name].is_package:
        message = f"'{name}' comes with the Python package {found[name].origin}. Uninstall that, as with pip."
        raise UsageError(message)
    try:
        with _alone(home / _ROOM):
            gone = Path(mkdtemp(prefix=_GONE, dir=home / _ROOM))
            found[name].folder.rename(gone / name)
            _tidy(home / _ROOM)
    except OSError as error:
        raise _unwritable(home / _ROOM, error) from error
    return found[name]


def installed(home: Path | None) -> Iterator[Installed]:
    """List what is installed: the learner's own courses by id, then those of Python packages with other ids."""
    taken: set[str] = set()
    if home:
        for one in _own(home / _ROOM):
            taken.add(one.id)
            yield one
    for package in package_courses():
        name = _id_of(package.folder) if package.folder else None
        if package.folder and name and name not in taken:
            taken.add(name)
            yield Installed(name, package.folder, package.package, is_package=True)


def find_installed(home: Path | None, name: str) -> Path | None:
    """Return the folder of the installed course with this id, None when there is none."""
    if not _ID.fullmatch(name):
        return None
    return next((one.folder for one in installed(home) if one.id == name), None)


def course_id(course: Course, name: str) -> str:
    """Return a course's id, or what its pack is called. Raises CourseError when that cannot be a folder's name."""
    found = course.front.field("id") or name
    if not _ID.fullmatch(found) or what_is_wrong(found):
        message = f"'{found}' cannot be the id of a course. Write one of small letters, digits and dashes in course.md"
        raise CourseError(f"{message}, as in 'id: deep-learning'.")
    return found


@contextmanager
def _alone(room: Path) -> Generator[None, None, None]:
    """Wait until no other process changes what is installed; the system gives the lock back when one is killed."""
    with (room.parent / _LOCK).open("ab") as file:
        with suppress(ImportError, OSError):  # a system or a disk without locks: as if nobody else were there
            from fcntl import LOCK_EX, flock

            flock(file, LOCK_EX)
        yield


def _added(room: Path, new: Path, source: Path, replace: bool) -> Added:
    with open_pack(source) as pack:
        pack.copy_to(new)
        course = _opened(new, pack)
        name = course_id(course, pack.name)
        (new / _ORIGIN).write_text(json.dumps({"from": os.path.abspath(source)}), encoding="utf-8")
        place = room / name
        was_there = place.exists()
        if was_there and not replace:
            message = f"A course '{name}' is installed already. Add --replace to put this one in its place."
            raise CourseError(message)
        _put(new, place)
        return Added(open_course(place), pack.left_out, was_there)


def _opened(folder: Path, pack: Pack) -> Course:
    """Open what was copied. Raises CourseError that names the pack, and not the copy."""
    try:
        return open_course(folder)
    except CoursekitError as error:
        raise CourseError(str(error).replace(shown(folder), shown(pack.source))) from error


def _put(new: Path, place: Path) -> None:
    """Put a folder in its place, whatever stands there. Raises OSError."""
    new.chmod(0o755)  # mkdtemp's is for its owner alone
    old = place.with_name(f"{_OLD}{place.name}")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        _put_back(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _put_back(old: Path, place: Path) -> None:
    if old.exists() and not place.exists():
        old.rename(place)


def _tidy(room: Path) -> None:
    """Put back what a killed process had put aside, and drop what it had no time to drop."""
    for old in room.glob(f"{_OLD}*"):
        _put_back(old, old.with_name(old.name.removeprefix(_OLD)))
    for pattern in (f"{_OLD}*", f"{_GONE}*"):
        for rest in room.glob(pattern):
            shutil.rmtree(rest, ignore_errors=True)


def _drop_stale(room: Path, new: Path) -> None:
    """Drop what a process was killed over while it copied; one that is at it now began less than an hour ago."""
    oldest = new.stat().st_mtime - _STALE_SECONDS
    for other in room.glob(f"{_NEW}*"):
        if other.stat().st_mtime < oldest:
            shutil.rmtree(other, ignore_errors=True)


def _own(room: Path) -> Iterator[Installed]:
    """List the learner's own courses. One that is aside with nothing in its place is read where it is."""
    places = {path.name.removeprefix(_OLD): path for path in room.glob("*") if _is_course(path, _OLD)}
    places |= {path.name: path for path in room.glob("*") if _is_course(path, "")}
    for name, path in sorted(places.items()):
        yield Installed(name, path, _origin(path))


def _is_course(path: Path, prefix: str) -> bool:
    return path.name.startswith(prefix) and bool(_ID.fullmatch(path.name.removeprefix(prefix))) and path.is_dir()


def _origin(folder: Path) -> str:
    try:
        record: Any = json.loads((folder / _ORIGIN).read_text(encoding="utf-8"))
        return str(record["from"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "unknown"


def _id_of(folder: Path) -> str | None:
    """Read a course's id and nothing else of it."""
    path = folder / "content" / "course.md"
    try:
        name = split(read_text(path), shown(path)).field("id") or folder.name
    except CoursekitError:
        return None
    return name if _ID.fullmatch(name) else None


def _unwritable(room: Path, error: OSError) -> CourseError:
    return CourseError(
        f"Courses cannot be kept in {room}: {error.strerror or error}. Choose a folder you can write to with "
        "--home DIR or $COURSEKIT_HOME."
    )
