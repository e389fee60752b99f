"""A course's folder -> a Pack. Nothing but plain files is read: no links, no pipes, no devices."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from coursekit.errors import CourseError
from coursekit.packs.names import Claims, what_is_wrong
from coursekit.packs.pack import (
    FRONT,
    MOST_FILES,
    ROOMS,
    Pack,
    PackFile,
    is_hidden,
    is_taken,
    no_course,
    refuse_crowd,
    refused,
)

_CHUNK = 1 << 16
_KINDS = (
    (stat.S_ISLNK, "a symbolic link, which can point anywhere"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_folder(source: Path) -> Pack:
    """List what a course's folder holds. Raises CourseError for what cannot be in a pack."""
    claims, names, left_out = Claims(), list[str](), list[str]()
    for room in sorted(os.listdir(source)):
        if room in ROOMS:
            _walk(source, room, claims, names, left_out)
        else:
            left_out.append(room)
    if FRONT not in names:
        raise no_course(source)
    files = tuple(PackFile(name, partial(_chunks, source, name)) for name in sorted(names))
    return Pack(source, Path(os.path.abspath(source)).name, files, tuple(left_out))


def _walk(source: Path, name: str, claims: Claims, names: list[str], left_out: list[str]) -> None:
    """Go through a folder, never through a link. Names are checked before anything below them is looked at."""
    mode = os.lstat(source / name).st_mode
    if reason := what_is_wrong(name) or _what_it_is(mode) or claims.what_collides(name, is_folder=stat.S_ISDIR(mode)):
        raise refused(source, name, reason)
    if not stat.S_ISDIR(mode):
        (names if is_taken(name) else left_out).append(name)
        if len(names) > MOST_FILES:
            refuse_crowd(source, names)
        return
    for part in sorted(os.listdir(source / name)):
        below = f"{name}/{part}"
        if is_hidden(part):
            left_out.append(below)
        else:
            _walk(source, below, claims, names, left_out)


def _what_it_is(mode: int) -> str | None:
    return next((f"it is {said}" for is_kind, said in _KINDS if is_kind(mode)), None)


def _chunks(source: Path, name: str) -> Iterator[bytes]:
    """Yield a file's bytes; it may have become something else since it was listed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(source / name, flags), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise refused(source, name, "it is no plain file")
            while chunk := opened.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise CourseError(f"{source / name} cannot be read: {error.strerror}. Mend it, then try again.") from error
