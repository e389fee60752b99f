"""A learner's file: begun as a copy of a lab's starter, never overwritten, read as UTF-8 and not looked into."""

import os
import stat
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import final

from coursekit.errors import UsageError
from coursekit.files import shown
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.parts import read_part

_LARGEST_BYTES = 1_000_000
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe would keep us waiting


@final
@dataclass(frozen=True, slots=True)
class Begun:
    """The file to write in, and where what stood there before was put."""

    path: Path
    backup: Path | None


def begin(lab: CodeLab, place: Path, *, reset: bool = False) -> Begun:
    """Copy the starter into a folder, or to a file of one's own name. Raises UsageError, OSError.

    What is there already stays, unless it is to be reset.
    """
    text = read_part(lab, "starter.py").text
    path = place_of(lab, place)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        message = f"{shown(path.parent)} is no folder. Name a folder, or a file that ends in '.py'."
        raise UsageError(message) from None
    backup = _put_aside(path) if reset and os.path.lexists(path) else None
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        message = f"{shown(path)} is there already and stays as it is. Go on with it, or begin anew with --reset,"
        raise UsageError(f"{message} which keeps a copy.") from None
    return Begun(path, backup)


def place_of(lab: CodeLab, place: Path) -> Path:
    """Return the file that a place means: a file, or in a folder the one that is called as the lab."""
    return place if place.suffix == ".py" and not place.is_dir() else place / lab.file


def read_submission(path: Path) -> bytes:
    """Read a learner's file. Raises UsageError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(f"{shown(path)} is no ordinary file. Name the Python file that you wrote.")
            source = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        advice = "'coursekit lab start NAME' makes one."
        raise UsageError(f"{shown(path)} cannot be read: {error.strerror}. {advice}") from None
    if len(source) > _LARGEST_BYTES:
        raise UsageError(f"{shown(path)} is larger than {_LARGEST_BYTES:,} bytes. A solution of a lab is a few lines.")
    _refuse_other_encodings(source, path)
    return source


def _refuse_other_encodings(source: bytes, path: Path) -> None:
    try:
        source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"Line {line} of {shown(path)} is not in UTF-8, as Python files are. Save it in UTF-8."
        raise UsageError(message) from None


def _put_aside(path: Path) -> Path:
    """Move a file beside itself, under a name that nothing has."""
    names = (f"{path.name}.backup{'' if n == 1 else f'-{n}'}" for n in count(1))
    backup = next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))
    path.rename(backup)
    return backup
