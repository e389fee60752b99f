"""What a file holds that may be a record: looked at whole, and left as it is."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import final

from coursekit.store.checking import has_journal, is_damage, said, table_names
from coursekit.store.schema import MIGRATIONS, version_of

_FIRST = {"attempt", "confirmation", "lab_run", "draft", "card"}  # in each version


@final
@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file holds; `problem` is '' for a whole record, else the rest of a sentence that begins with its path."""

    path: Path
    version: int
    bytes: int
    attempts: int
    problem: str = ""

    @property
    def is_newer(self) -> bool:
        """Whether a newer coursekit wrote it."""
        return self.version > len(MIGRATIONS)


def inspect(path: Path, *, is_still: bool = False) -> Inspected:
    """Look at the whole of a file, changing nothing; what is wrong is told in `problem`.

    `is_still` says that nobody writes to it, so that it can be looked at without its journal's index beside it.
    """
    if not path.is_file():  # a pipe would be waited for
        return Inspected(path, 0, 0, 0, "is no file" if path.exists() else "does not exist")
    size = path.stat().st_size
    try:
        with closing(connect_to_look(path, is_still=is_still)) as db:
            if problem := _problem(db):
                return Inspected(path, 0, size, 0, problem)
            attempts = int(db.execute("select count(*) from attempt").fetchone()[0])
            return Inspected(path, version_of(db), size, attempts)
    except sqlite3.Error as error:
        return Inspected(path, 0, size, 0, _told(error))


def connect_to_look(path: Path, *, is_still: bool = False) -> sqlite3.Connection:
    """Open a file without changing anything, also where nothing can be written beside it. Raises sqlite3.Error."""
    is_fixed = is_still or not (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK))
    fixed = "&immutable=1" if is_fixed and not has_journal(path) else ""  # else room is needed for the journal's index
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{fixed}", uri=True, timeout=5)


def _problem(db: sqlite3.Connection) -> str:
    if not table_names(db) >= _FIRST:
        return "is no record of coursekit"
    found = said(db, "pragma integrity_check(1)")
    return found and f"is damaged: {found}"


def _told(error: sqlite3.Error) -> str:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
        return "is no record of coursekit"
    return f"is damaged: {error}" if is_damage(error) else f"cannot be read: {error}"
