"""A learner's own notes and bookmarks."""

from datetime import datetime
from typing import final

from coursekit.store.table import Table


@final
class Notes(Table):
    """One note per question, of which every version is kept; and a set of bookmarks."""

    def write(self, question: str, says: str, at: datetime) -> None:
        """Keep a note in the place of the one before; an empty text takes it away. Raises StoreError."""
        values = (self._course, question, says, at.isoformat())
        with self._transaction():
            self._change("insert into note (course, question, says, at) values (?, ?, ?, ?)", values)

    def read(self, question: str) -> str:
        """Return the note on a question, '' where there is none. Raises StoreError."""
        rows = self._read(
            "select says from note where course = ? and question = ? order by id desc limit 1", (self._course, question)
        )
        return str(rows[0][0]) if rows else ""

    def all(self) -> dict[str, str]:
        """Return every note by question. Raises StoreError."""
        newest = "select max(id) from note where course = ? group by question"
        rows = self._read(f"select question, says from note where id in ({newest}) and says <> ''", (self._course,))
        return {str(question): str(says) for question, says in rows}

    def mark(self, question: str, at: datetime, *, is_set: bool) -> None:
        """Set a bookmark or take it away. Raises StoreError."""
        with self._transaction():
            if is_set:
                values = (self._course, question, at.isoformat())
                self._change("insert or ignore into bookmark values (?, ?, ?)", values)
            else:
                self._change("delete from bookmark where course = ? and question = ?", (self._course, question))

    def marked(self) -> frozenset[str]:
        """Return the questions with a bookmark. Raises StoreError."""
        rows = self._read("select question from bookmark where course = ?", (self._course,))
        return frozenset(str(question) for (question,) in rows)
