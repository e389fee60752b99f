"""Open a pack by its path: a folder or a zip."""

import os
import stat
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from coursekit.errors import CourseError
from coursekit.packs.archive import read_archive
from coursekit.packs.folder import read_folder
from coursekit.packs.pack import Pack


@contextmanager
def open_pack(source: Path) -> Generator[Pack, None, None]:
    """List what a folder or a zip holds; its files can be read until the end. Raises CourseError."""
    with ExitStack() as open_files:
        try:
            pack = _read(source, open_files)
        except (OSError, ValueError) as error:  # a path may hold what no system takes
            reason = (isinstance(error, OSError) and error.strerror) or str(error)
            raise CourseError(f"{source} cannot be read: {reason}. Name a course's folder or a zip.") from error
        yield pack


def _read(source: Path, open_files: ExitStack) -> Pack:
    mode = os.stat(source).st_mode
    if stat.S_ISDIR(mode):
        return read_folder(source)
    if stat.S_ISREG(mode):
        return read_archive(source, open_files.enter_context(source.open("rb")))
    raise CourseError(f"{source} is neither a folder nor a zip. Name one of them.")
