"""Where a learner's record lies: looked at without loading SQLite, which a first visit does not need."""

import os
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from coursekit.errors import StoreError

FILE = "record.sqlite3"
BACKUPS = "backups"


def exists(home: Path) -> bool:
    """Say whether there is a record in a folder."""
    return (home / FILE).exists()


def can_write(home: Path) -> bool:
    """Say whether the record in a folder can be changed: the file, and the folder, for its journal."""
    return os.access(home, os.W_OK | os.X_OK) and os.access(home / FILE, os.W_OK)


def make_home(home: Path) -> None:
    """Make the folder for a record. Raises StoreError when it cannot be made."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(home, error.strerror or str(error)) from error


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another that has its name by now; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def put_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged file, and the journal that goes with it, to a name that is free; return it."""
    stem = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
    names = chain((stem,), (Path(f"{stem}-{number}") for number in count(2)))
    aside = next(name for name in names if not name.exists())
    for part in ("", "-wal", "-shm"):
        if (found := Path(f"{path}{part}")).exists():
            found.rename(f"{aside}{part}")
    return aside


def unwritable(home: Path, reason: str) -> StoreError:
    """Make the error for a folder that takes no record; the caller raises it."""
    return StoreError(
        f"Your record cannot be kept in {home}: {reason}. Choose a folder you can write to with --home DIR "
        "or $COURSEKIT_HOME."
    )
