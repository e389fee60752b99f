"""Open the file of a record: made, checked, brought to this version, put aside when damaged; or only looked at."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple, final

from coursekit.errors import StoreError
from coursekit.store.checking import flaw, is_damage
from coursekit.store.place import FILE, can_write, identity, make_home, put_aside, unwritable
from coursekit.store.schema import MIGRATIONS, migrate, version_of

_PATIENCE_SECONDS = 20  # to wait for another process that is writing; one that makes all cards anew takes a while


@final
class Opened(NamedTuple):  # a tuple is made in a fifth of the time of a dataclass, which the first frame waits for
    """An open file, what a person should know about how it was opened, and whether what is written is lost."""

    connection: sqlite3.Connection
    notice: str = ""
    is_for_looking: bool = False


def open_record(home: Path, now: datetime) -> Opened:
    """Open or make the record in a folder. A damaged file is put aside under a new name, never overwritten.

    Where nothing can be written, a record that is there is read into memory. Raises StoreError when there is none to
    read, or when the file comes from a newer coursekit.
    """
    path = home / FILE
    try:
        make_home(home)
        if path.is_file() and not can_write(home):
            return _looked_at(home, "")
        found = identity(path)
        try:
            return _connected(home, now)
        except sqlite3.Error as error:
            if path.is_file() and _is_full(error):
                return _looked_at(home, f": {error}")
            if not is_damage(error):
                raise
        with _alone(home):
            return _begun_anew(home, now, found)
    except (OSError, sqlite3.Error) as error:
        raise unwritable(home, (isinstance(error, OSError) and error.strerror) or str(error)) from error


@contextmanager
def _alone(home: Path) -> Generator[None, None, None]:
    """Let no other process put a record aside or bring it up meanwhile; SQLite lets go when a process is killed."""
    with closing(sqlite3.connect(home / f"{FILE}.lock", timeout=_PATIENCE_SECONDS)) as lock:
        lock.execute("begin exclusive")
        yield


def _begun_anew(home: Path, now: datetime, damaged: tuple[int, int] | None) -> Opened:
    """Put the damaged file aside, unless another process has done so by now, and open what is there then."""
    path, notice = home / FILE, ""
    if identity(path) == damaged:
        notice = f"The record was damaged. It is kept as {put_aside(path, now)}; a new one was begun.{_way_back(home)}"
    return _connected(home, now)._replace(notice=notice)


def _way_back(home: Path) -> str:
    from coursekit.store.backups import newest_good  # only when something is amiss

    good = newest_good(home)
    return f" The newest whole backup is {good}; 'coursekit restore {good}' brings it back." if good else ""


def _connected(home: Path, now: datetime) -> Opened:
    connection = sqlite3.connect(home / FILE, timeout=_PATIENCE_SECONDS)
    try:
        return Opened(connection, _prepare(connection, home, now))
    except BaseException:
        connection.close()
        raise


def _prepare(connection: sqlite3.Connection, home: Path, now: datetime) -> str:
    """Make a connection ready; return what a person should know."""
    _refuse_newer(connection, home)
    _switch_to_wal(connection)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    _refuse_damage(connection, home)
    if version_of(connection) in (0, len(MIGRATIONS)):
        migrate(connection)
        return ""
    with _alone(home):
        return _brought_up(connection, home, now)


def _brought_up(connection: sqlite3.Connection, home: Path, now: datetime) -> str:
    """Bring an older record to this version, a copy having been made; return what was done."""
    from coursekit.store.backups import copy, own_names  # only once for each new version

    found = version_of(connection)
    if found == len(MIGRATIONS):  # another process has done it by now
        return ""
    kept = copy(connection, own_names(home, now, f"v{found}-")).path
    try:
        migrate(connection)
    except sqlite3.Error as error:
        if is_damage(error):
            raise
        raise StoreError(
            f"{home / FILE} could not be brought to version {len(MIGRATIONS)}: {error}. It is as it was, and a copy is "
            f"kept as {kept}. Go on with the coursekit that wrote it, or choose another folder with --home."
        ) from error
    return f"Your record was brought to version {len(MIGRATIONS)}. As it was before, it is kept as {kept}."


def _refuse_newer(connection: sqlite3.Connection, home: Path) -> None:
    if (found := version_of(connection)) > len(MIGRATIONS):
        raise StoreError(
            f"{home / FILE} was written by a newer coursekit (version {found} of the record, this one knows "
            f"{len(MIGRATIONS)}). Update coursekit, or choose another folder with --home.{_way_back(home)}"
        )


def _refuse_damage(connection: sqlite3.Connection, home: Path) -> None:
    if found := flaw(connection, home / FILE):
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _is_full(error: sqlite3.Error) -> bool:
    codes = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in codes


def _looked_at(home: Path, why: str) -> Opened:
    """Read a record into memory, so that it can be looked at; its file is left alone."""
    from coursekit.store.inspecting import connect_to_look  # only when something is amiss

    memory = sqlite3.connect(":memory:")
    with closing(connect_to_look(home / FILE, is_still=bool(why))) as source:
        source.backup(memory)
    _refuse_newer(memory, home)
    migrate(memory)
    said = f"{home} cannot be written to{why}. You can look at your record, and nothing that you do will be kept."
    return Opened(memory, said, is_for_looking=True)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switch the journal. While another process opens a new file too, SQLite refuses this at once, without waiting."""
    until = monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
        sleep(0.01)
