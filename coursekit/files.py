"""The files of a course, which may be a stranger's: found, read as text, and named to a person."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkstemp

from coursekit.clean import clean
from coursekit.errors import ContentError

_LARGEST_BYTES = 2_000_000
_DEEPEST = 12  # folders
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe would keep us waiting
_DIGITS = re.compile(r"([0-9]+)")  # what is split off by it stands at every other place


def find(folder: Path, ending: str) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files below a folder whose names end so, in the order of their paths, each with its size and time.

    Folders that are links are not entered. A link to a file is yielded as what it is, for `read_text` to refuse.
    """
    found: list[tuple[str, os.stat_result]] = []
    stack = [(str(folder), 0)]
    while stack:
        here, depth = stack.pop()
        for entry in os.scandir(here) if depth < _DEEPEST else ():
            if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(ending):
                stack.append((entry.path, depth + 1))
            elif entry.name.endswith(ending):  # also a folder that is called like a file
                found.append((entry.path, entry.stat(follow_symlinks=False)))
    for path, facts in sorted(found, key=_in_order):
        yield Path(path), facts


def read_text(path: Path, within: Path | None = None) -> str:
    """Read a file of a course. Raises ContentError when it is too large, not UTF-8, or cannot be read.

    A link that leads out of `within` is not followed: a course shows nothing but its own files.
    """
    try:
        if within and path.is_symlink() and not path.resolve().is_relative_to(within.resolve()):
            raise _unreadable(path, "This is a link out of the course. Put the file itself here.")
        data = _read(path)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        reason = error.strerror if isinstance(error, OSError) else "Its links lead in a circle"
        raise _unreadable(path, f"Cannot be read: {reason}.") from None
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _unreadable(path, "Not UTF-8 text. Save the file as UTF-8.", line) from None


def replace_file(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, with the mode that it had. A link is replaced, not followed.

    Raises OSError.
    """
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def shown(path: Path) -> str:
    """Show a path as short as a person can still open it."""
    near = os.path.relpath(path)
    return clean(str(path) if near.startswith("..") else near).replace("\n", "\ufffd")


def _unreadable(path: Path, message: str, line: int = 1) -> ContentError:
    return ContentError(shown(path), line, message, code="unreadable-file")


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable(path, "This is no ordinary file. Put a text file here.")
        data = file.read(_LARGEST_BYTES + 1)
    if len(data) > _LARGEST_BYTES:
        raise _unreadable(path, f"Larger than {_LARGEST_BYTES:,} bytes. Split the file.")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _in_order(found: tuple[str, os.stat_result]) -> tuple[list[str | int], str]:
    """Put a folder's files together, part by part, and 2 before 10, as people number them."""
    path = found[0].replace(os.sep, "\0")
    return [int(part) if part.isdecimal() else part for part in _DIGITS.split(path)], path
