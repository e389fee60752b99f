"""What a learner has chosen: by name, JSON values, for one course or for all."""

import json
from typing import Any, final

from coursekit.store.table import Table, unreadable


@final
class Settings(Table):
    """Values by name. What is set for the course counts before what is set for all courses."""

    def get(self, name: str, default: Any = None) -> Any:  # Any: JSON
        """Return a value. Raises StoreError."""
        return self.several(name).get(name, default)

    def several(self, *names: str) -> dict[str, Any]:  # Any: JSON
        """Return those of some values that were chosen, read at once. Raises StoreError."""
        rows = self._read(
            f"select name, value from setting where name in ({', '.join('?' * len(names))}) and course in (?, '') "
            "order by course",  # what stands for all courses comes first
            (*names, self._course),
        )
        try:
            return {name: json.loads(value) for name, value in rows}
        except ValueError as error:
            raise unreadable(error) from error

    def set(self, name: str, value: Any, *, for_all: bool = False) -> None:
        """Keep a value; None takes it away. Raises StoreError."""
        course = "" if for_all else self._course
        with self._transaction():
            if value is None:
                self._change("delete from setting where course = ? and name = ?", (course, name))
            else:
                self._change("insert or replace into setting values (?, ?, ?)", (course, name, json.dumps(value)))

    def rename(self, name: str, to: str) -> None:
        """Keep a value by another name, what is set for all courses too. Raises StoreError."""
        with self._transaction():
            which = "where name = ? and course in (?, '')"
            self._change(f"update or replace setting set name = ? {which}", (to, name, self._course))
