"""A private folder for one child, and its removal whatever was put into it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from tempfile import mkdtemp
from time import sleep
from typing import final

_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_TRIES = 5


@final
class Folder:
    """A new folder that only this user may enter, in the system's place for such, or inside another."""

    def __init__(self, inside: str | None = None) -> None:
        self.path = os.path.realpath(mkdtemp(prefix="coursekit-sandbox-", dir=inside))

    def remove(self) -> None:
        """Remove it with all that is in it; what cannot be removed stays, and nothing is raised."""
        remove(self.path)

    def is_over(self, size: int, files: int) -> bool:
        """Say whether there is more in it than these bytes or so many files, looking no further than needed.

        A folder that cannot be looked into counts as more: its path is too long, or its owner may not read it.
        """
        used = seen = 0
        waiting = [self.path]
        while waiting and used <= size and seen <= files:
            try:
                entries = _sizes(waiting.pop(), files + 1 - seen)
            except (FileNotFoundError, NotADirectoryError):
                continue  # it went meanwhile
            except OSError:
                return True
            seen += len(entries)
            used += sum(entry or 0 for _, entry in entries)
            waiting += [path for path, entry in entries if entry is None]
        return used > size or seen > files


def remove(path: str) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays, and nothing is raised."""
    for _ in range(_TRIES):
        with suppress(OSError):
            folder = _opened(path, None)
            try:
                _clear(folder)
            finally:
                os.close(folder)
            os.rmdir(path)
        if not os.path.lexists(path):
            return
        sleep(0.02)  # what was killed just now may still be about to write


def _sizes(folder: str, most: int) -> list[tuple[str, int | None]]:
    """Return paths in a folder, with the bytes that a file takes and None for a folder. Raises OSError."""
    found: list[tuple[str, int | None]] = []
    with os.scandir(folder) as entries:
        for entry in islice(entries, most):
            size = None
            if not entry.is_dir(follow_symlinks=False):
                with suppress(FileNotFoundError):
                    size = entry.stat(follow_symlinks=False).st_blocks * 512
                size = size or 0
            found.append((entry.path, size))
    return found


def _clear(folder: int) -> None:
    """Empty a folder without recursion: what lies deeper is moved up, level by level, under a new name.

    So 3,000 folders in one another need no long path and no more than two descriptors.
    """
    names = (f"coursekit-{os.getpid()}-{number}" for number in count())
    while entries := _entries(folder):
        if not sum(_removed(folder, name, is_folder, names) for name, is_folder in entries):
            return  # nothing gives way


def _removed(folder: int, name: str, is_folder: bool, names: Iterator[str]) -> bool:
    try:
        if not is_folder:
            os.unlink(name, dir_fd=folder)
            return True
        inner = _opened(name, folder)
        try:
            _lift(inner, folder, names)
        finally:
            os.close(inner)
        os.rmdir(name, dir_fd=folder)
    except OSError:
        return False
    return True


def _lift(inner: int, folder: int, names: Iterator[str]) -> None:
    """Remove a folder's files and move its folders up."""
    for name, is_folder in _entries(inner):
        if is_folder:
            os.close(_opened(name, inner))  # a folder that may not be written cannot be moved
            os.rename(name, next(names), src_dir_fd=inner, dst_dir_fd=folder)
        else:
            os.unlink(name, dir_fd=inner)


def _entries(folder: int) -> list[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _opened(path: str, folder: int | None) -> int:
    """Open a folder, never through a link; its owner may take any mode away from it, and give it back."""
    try:
        opened = os.open(path, _OPEN, dir_fd=folder)
    except PermissionError:
        os.chmod(path, 0o700, dir_fd=folder)
        opened = os.open(path, _OPEN, dir_fd=folder)
    os.fchmod(opened, 0o700)
    return opened
