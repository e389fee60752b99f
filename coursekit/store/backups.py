"""Copies of a record: made whole and checked, never in the place of another file; and the way back."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from time import monotonic
from typing import final

from coursekit.errors import StoreError
from coursekit.store.inspecting import Inspected, connect_to_look, inspect
from coursekit.store.place import BACKUPS, FILE, make_home, put_aside
from coursekit.store.schema import MIGRATIONS, migrate

_NAME = re.compile(r"record-(?:v\d+-)?(\d{8}T\d{6})(?:-(\d+))?\.sqlite3")
_PATIENCE_SECONDS = 20  # to wait for another process that is writing


@final
@dataclass(frozen=True, slots=True)
class Restored:
    """What a record holds now, and where the one before it is kept, None where there was none."""

    record: Inspected
    kept: Path | None


def back_up(home: Path, file: Path | None, now: datetime) -> Inspected:
    """Copy the record to a new file, in the folder's own backups if none is named. Raises StoreError."""
    record = home / FILE
    if not record.exists():
        raise StoreError(f"There is no record in {home} yet, so there is nothing to copy.")
    with closing(connect_to_look(record)) as source:
        try:
            return copy(source, [file] if file else own_names(home, now))
        except sqlite3.Error as error:
            raise StoreError(
                f"{record} cannot be copied: {error}. 'coursekit doctor' looks at the whole of it."
            ) from error


def restore(home: Path, file: Path, now: datetime) -> Restored:
    """Put a copy in the record's place, which is kept as a backup first; who has it open sees the new one.

    An older copy is brought to this version. Raises StoreError, and leaves the record as it was.
    """
    record = home / FILE
    _refuse(inspect(file, is_still=True), record)
    make_home(home)
    kept = _keep(home, now)
    with closing(sqlite3.connect(":memory:")) as source:
        with closing(connect_to_look(file, is_still=True)) as found:
            found.backup(source)
        migrate(source)
        _put_in_place(source, record)
    return Restored(inspect(record), kept)


def backups(home: Path) -> tuple[Path, ...]:
    """List the folder's own backups, newest first."""
    found = ((match, path) for path in (home / BACKUPS).glob("record-*") if (match := _NAME.fullmatch(path.name)))
    ordered = sorted(found, key=lambda each: (each[0][1], int(each[0][2] or 1)), reverse=True)
    return tuple(path for _, path in ordered)


def newest_good(home: Path) -> Path | None:
    """Return the newest backup that is whole and that this coursekit can read, None without one."""
    seen = (inspect(path, is_still=True) for path in backups(home))
    return next((found.path for found in seen if not found.problem and not found.is_newer), None)


def own_names(home: Path, now: datetime, mark: str = "") -> Iterator[Path]:
    """Return names for one of the folder's own backups, in the order in which to try them."""
    ends = chain(("",), (f"-{number}" for number in count(2)))
    return (home / BACKUPS / f"record-{mark}{now:%Y%m%dT%H%M%S}{end}.sqlite3" for end in ends)


def copy(source: sqlite3.Connection, names: Iterable[Path]) -> Inspected:
    """Copy an open record to the first of some names that is free, and check the copy. Raises StoreError.

    What is half-written has another name, which is gone when this ends.
    """
    target = _claim(names)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _write(source, part)
        made = inspect(part)
        if made.problem:
            raise sqlite3.DatabaseError(f"the copy {made.problem}")
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        target.unlink()
        raise _uncopied(target, error) from error
    finally:
        part.unlink(missing_ok=True)
        Path(f"{part}-journal").unlink(missing_ok=True)
    return replace(made, path=target)


def _claim(names: Iterable[Path]) -> Path:
    """Make an empty file under the first name that is free; no other process gets the same."""
    name = Path()
    for name in names:
        try:
            name.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                name.touch(exist_ok=False)
                return name
        except OSError as error:
            raise _uncopied(name, error) from error
    raise StoreError(f"{name} is there already, and a copy replaces nothing. Choose another name.")


def _uncopied(target: Path, error: Exception) -> StoreError:
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return StoreError(f"The record could not be copied to {target}: {reason}. The record is as it was.")


def _write(source: sqlite3.Connection, part: Path) -> None:
    with closing(sqlite3.connect(part)) as made:
        source.backup(made)
        made.execute("pragma journal_mode = delete")  # one file, which needs no other beside it


def _refuse(found: Inspected, record: Path) -> None:
    """Raise StoreError for what cannot be restored."""
    if found.problem:
        raise StoreError(f"{found.path} {found.problem}. The record is as it was.")
    if found.is_newer:
        raise StoreError(
            f"{found.path} was written by a newer coursekit (version {found.version} of the record, this one knows "
            f"{len(MIGRATIONS)}). Update coursekit, then restore it."
        )
    if record.exists() and found.path.samefile(record):
        raise StoreError(f"{found.path} is the record itself. Name one of its copies.")


def _keep(home: Path, now: datetime) -> Path | None:
    """Keep what is there before something else takes its place: as a backup, or under another name if damaged."""
    record = home / FILE
    if not record.exists():
        return None
    return put_aside(record, now) if inspect(record).problem else back_up(home, None, now).path


def _put_in_place(source: sqlite3.Connection, record: Path) -> None:
    """Write a record's pages over another's, in one transaction that other processes see at once."""
    try:
        with closing(sqlite3.connect(record, timeout=_PATIENCE_SECONDS)) as live:
            source.backup(live, progress=_patience())
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{record} could not be written: {error}. The record is as it was.") from error


def _patience() -> Callable[[int, int, int], None]:
    """Return what gives up on a record in which another process does not stop writing."""
    until = monotonic() + _PATIENCE_SECONDS

    def look(status: int, remaining: int, total: int) -> None:
        del remaining, total
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            raise sqlite3.OperationalError("another process is writing to it")

    return look
