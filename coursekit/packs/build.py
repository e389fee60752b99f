"""A course's folder -> a zip that is the same, byte for byte, whenever it is built from the same files."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coursekit.errors import CourseError
from coursekit.packs.archive import read_archive
from coursekit.packs.folder import read_folder
from coursekit.packs.pack import Pack, counted

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows
_MODE = 0o100644
_UNIX = 3


@final
@dataclass(frozen=True, slots=True)
class Built:
    """A file that was written."""

    path: Path
    files: int
    size: int
    left_out: tuple[str, ...]


def build_pack(folder: Path, target: Path) -> Built:
    """Write the zip of a course's folder. Raises CourseError for what `coursekit course add` would refuse."""
    pack = read_folder(folder)

    def write(out: BinaryIO) -> None:
        _zip(pack, out)
        read_archive(target, out).check()  # so that nobody is given what nobody takes

    write_whole(target, write)
    return Built(target, len(pack.files), target.stat().st_size, pack.left_out)


def write_whole(target: Path, write: Callable[[BinaryIO], object], mode: int = 0o644) -> None:
    """Write a file beside its place, then put it there: whole, or not at all. Raises CourseError.

    What stands there and is no plain file stays: `/dev/null` would otherwise become one.
    """
    if target.exists() and not target.is_file():
        raise CourseError(f"{target} cannot be written: it is no plain file. Name another file with --out FILE.")
    try:
        number, name = mkstemp(prefix=f".{target.name}.", dir=target.parent)  # for its owner alone
        try:
            with os.fdopen(number, "w+b") as out:
                write(out)
            os.chmod(name, mode)
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}. Name another file with --out FILE."
        raise CourseError(message) from error


def _zip(pack: Pack, out: BinaryIO) -> None:
    total = 0
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for file in pack.files:
            data = b"".join(counted(pack, file, total))
            total += len(data)
            entry = ZipInfo(file.name, _DATE)
            entry.create_system, entry.external_attr = _UNIX, _MODE << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
