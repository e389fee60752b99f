"""What a learner puts aside for a while or for good, and what they say is wrong with a question."""

from dataclasses import dataclass
from datetime import datetime
from typing import final

from coursekit.errors import StoreError
from coursekit.store.table import Row, Table


@final
@dataclass(frozen=True, slots=True)
class Aside:
    """A question that is not asked `until` then (UTC), for ever where it is None. `what`: suspend, bury, snooze."""

    question: str
    what: str
    until: datetime | None
    at: datetime

    def holds(self, now: datetime) -> bool:
        """Say whether it is still put aside."""
        return self.until is None or now < self.until


@final
@dataclass(frozen=True, slots=True)
class Flag:
    """What a learner says is wrong with a question, kept for its author."""

    question: str
    fingerprint: str
    seed: int
    says: str
    at: datetime
    id: int = 0


@final
class Asides(Table):
    """Asides and flags; both are only ever added, the newest aside of a question counts."""

    def put(self, question: str, what: str, until: datetime | None, at: datetime) -> None:
        """Put a question aside: `what` is suspend, bury or snooze; `bring back` ends it. Raises StoreError."""
        values = (self._course, question, what, until and until.isoformat(), at.isoformat())
        with self._transaction():
            self._change("insert into aside (course, question, what, until, at) values (?, ?, ?, ?, ?)", values)

    def held(self, now: datetime) -> dict[str, Aside]:
        """Return what is put aside now, by question. Raises StoreError."""
        newest = "select max(id) from aside where course = ? group by question"
        rows = self._read(
            f"select question, what, until, at from aside where id in ({newest}) and what <> 'bring back'",
            (self._course,),
        )
        return {aside.question: aside for aside in self._made(_aside, rows) if aside.holds(now)}

    def flag(self, flag: Flag) -> int:
        """Keep what is wrong with a question; return its id. Raises StoreError."""
        values = (self._course, flag.question, flag.fingerprint, flag.seed, flag.says, flag.at.isoformat())
        columns = "course, question, fingerprint, seed, says, at"
        with self._transaction():
            return self._change(f"insert into flag ({columns}) values (?, ?, ?, ?, ?, ?)", values)

    def withdraw(self, id: int, at: datetime) -> None:
        """Take a flag back; its row is kept. Raises StoreError for an unknown one."""
        with self._transaction():
            if not self._read("select 1 from flag where id = ? and course = ?", (id, self._course)):
                raise StoreError(f"The record has no flag with the id {id}.")
            self._change("update flag set withdrawn = coalesce(withdrawn, ?) where id = ?", (at.isoformat(), id))

    def flags(self, question: str | None = None) -> tuple[Flag, ...]:
        """Return the flags that stand, oldest first. Raises StoreError."""
        rows = self._read(
            "select question, fingerprint, seed, says, at, id from flag "
            "where course = ? and (? is null or question = ?) and withdrawn is null order by id",
            (self._course, question, question),
        )
        return self._made(_flag, rows)


def _aside(row: Row) -> Aside:
    question, what, until, at = row
    return Aside(question, what, until and datetime.fromisoformat(until), datetime.fromisoformat(at))


def _flag(row: Row) -> Flag:
    question, fingerprint, seed, says, at, number = row
    return Flag(question, fingerprint, seed, says, datetime.fromisoformat(at), number)
