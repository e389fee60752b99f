"""Write an author's files: a new one never over another, a changed one at once and with the mode it had."""

import os
import stat
from pathlib import Path

import coursekit
from coursekit import files
from coursekit.errors import UsageError
from coursekit.files import shown


def create(path: Path, text: str) -> None:
    """Write a new file, and its folders. Raises UsageError when there is something of this name, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            f"{shown(path)} is there already, and nothing is written over it. Take another name."
        ) from None


def replace_file(path: Path, data: bytes) -> None:
    """Put other bytes into a file, whole or not at all. Raises UsageError when it may only be read, OSError."""
    target = path.resolve()  # what a link points to is replaced, not the link
    mode = stat.S_IMODE(target.stat().st_mode)
    if not os.access(target, os.W_OK) or not mode & 0o222:
        raise UsageError(f"{shown(path)} may only be read. Make it writable, or work on a copy.")
    files.replace_file(target, data)


def refuse_packaged(folder: Path) -> None:
    """Raise UsageError for the course that came with an installed coursekit."""
    if folder.resolve().is_relative_to(Path(coursekit.__file__).resolve().parent):
        raise UsageError("This course came with coursekit and stays as it is. Name a copy of it with --course DIR.")
