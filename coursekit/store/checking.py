"""Whether a file is a whole record: all of it is looked at where that is quick, else what is likeliest to be torn.

SQLite reads some 0.5 MB in a millisecond for this. A large record is looked at whole by `coursekit doctor`, before it
is copied and before it is brought back; at a start its size, its tables' names, its small tables and its newest rows
have to do. After a crash the journal brings back what was written last, and has sums of its own.
"""

import sqlite3
from pathlib import Path

from coursekit.store.schema import MIGRATIONS, names, version_of

SMALL_BYTES = 1_000_000  # looked at in 2 ms; those of a year took 5, which the first frame waited for
_SMALL = ("draft", "card", "card_state", "setting", "bookmark", "aside", "flag", "sitting")
_LONG = ("attempt", "confirmation", "rating", "lab_run", "lab_grade", "sitting_event", "note")
_NEWEST = 100


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether SQLite means that the file's contents are wrong, and not that it is locked, full or out of reach."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return isinstance(error, sqlite3.DatabaseError) and code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def flaw(db: sqlite3.Connection, path: Path) -> str:
    """Return what is wrong with a record, '' for nothing found in the time that a start has. Raises sqlite3.Error."""
    if path.stat().st_size <= SMALL_BYTES:
        return said(db, "pragma quick_check(1)")
    if not has_journal(path) and _pages_bytes(db) > path.stat().st_size:
        return "its end is missing"
    if version_of(db) < len(MIGRATIONS):
        return said(db, "pragma quick_check(1)")
    if missing := names() - table_names(db):
        return f"it has no {min(missing)}"
    for table in _LONG:
        db.execute(f"select * from {table} order by id desc limit {_NEWEST}").fetchall()
    return next(filter(None, (said(db, f"pragma quick_check('{table}')") for table in _SMALL)), "")


def has_journal(path: Path) -> bool:
    """Say whether something was written that is not yet in the file itself."""
    journal = Path(f"{path}-wal")
    return journal.exists() and journal.stat().st_size > 0


def said(db: sqlite3.Connection, check: str) -> str:
    """Return what one of SQLite's checks finds, '' for nothing. Raises sqlite3.Error."""
    found = str(db.execute(check).fetchone()[0])
    return "" if found == "ok" else " ".join(found.split())


def table_names(db: sqlite3.Connection) -> set[str]:
    """Return what the tables and indexes of a file are called. Raises sqlite3.Error."""
    return {str(name) for (name,) in db.execute("select name from sqlite_schema")}


def _pages_bytes(db: sqlite3.Connection) -> int:
    count, size = (int(db.execute(f"pragma {what}").fetchone()[0]) for what in ("page_count", "page_size"))
    return count * size
