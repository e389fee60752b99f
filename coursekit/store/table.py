"""What all tables of a record share: one connection, one transaction at a time, rows made into records."""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from coursekit.errors import StoreError

T = TypeVar("T")
Row = tuple[Any, ...]


class Table:
    """Some tables of one course. A fact is on disk before the method that adds it returns."""

    def __init__(self, db: sqlite3.Connection, course: str) -> None:
        self._db = db
        self._course = course

    @contextmanager
    def _transaction(self) -> Generator[None, None, None]:
        """Write all that happens inside, or nothing of it; no other process writes between. Raises StoreError."""
        try:
            with self._db:
                self._db.execute("begin immediate")
                yield
        except sqlite3.Error as error:
            raise StoreError(f"The record could not be written: {error}. Your last entry is not saved.") from error

    def _change(self, sql: str, values: Sequence[Any]) -> int:
        return int(self._db.execute(sql, values).lastrowid or 0)

    def _made(self, make: Callable[[Row], T], rows: Iterable[Row]) -> tuple[T, ...]:
        """Make records of rows. Raises StoreError for one that holds something else."""
        try:
            return tuple(make(row) for row in rows)
        except (ValueError, TypeError) as error:
            raise unreadable(error) from error

    def _read(self, sql: str, values: Sequence[Any]) -> list[Row]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise unreadable(error) from error


def unreadable(error: Exception) -> StoreError:
    """Make the error for a record that cannot be read; the caller raises it."""
    return StoreError(
        f"The record could not be read: {error}. Move record.sqlite3 away to begin a new one; 'coursekit doctor' "
        "says where it is."
    )
