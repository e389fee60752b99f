"""Sittings of a mock exam: what was drawn when one began, and everything that was done in it, as it was done.

Nothing of a sitting is changed but its end, so that it can be resumed after a kill and drawn and graded again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, final

from coursekit.errors import StoreError
from coursekit.store.table import Row, Table


@final
class SittingEvent(NamedTuple):  # both in a fifth of the time of a dataclass: every start looks for a sitting
    """One thing done at a place of a sitting, from 0: `response` (a list of texts), `flag`, `unflag`, `seen`.

    `confidence` is a word, or null where it was taken back.
    """

    place: int
    what: str
    value: Any  # JSON
    at: datetime


@final
class StoredSitting(NamedTuple):
    """A sitting as it is kept; `ended` is None while it goes on."""

    id: int
    exam: str
    blueprint: Mapping[str, Any]  # JSON
    seed: int
    drawn: tuple[Mapping[str, Any], ...]
    begun: datetime
    ended: datetime | None
    why: str | None


@final
class Sittings(Table):
    """Begun, added to, ended."""

    def begin(
        self, exam: str, blueprint: Mapping[str, Any], seed: int, drawn: Sequence[Mapping[str, Any]], begun: datetime
    ) -> int:
        """Keep what was drawn; return the sitting's id. Raises StoreError."""
        texts = (json.dumps(blueprint), seed, json.dumps(drawn), begun.isoformat())
        columns = "course, exam, blueprint, seed, drawn, begun"
        with self._transaction():
            return self._change(
                f"insert into sitting ({columns}) values (?, ?, ?, ?, ?, ?)", (self._course, exam, *texts)
            )

    def add(self, sitting: int, event: SittingEvent) -> None:
        """Keep something done. Raises StoreError, also when the sitting has ended."""
        with self._transaction():
            if not self._read("select 1 from sitting where id = ? and ended is null", (sitting,)):
                raise StoreError("This sitting has ended; nothing more can be entered.")
            self._change(
                "insert into sitting_event (sitting, place, what, value, at) values (?, ?, ?, ?, ?)",
                (sitting, event.place, event.what, json.dumps(event.value, ensure_ascii=False), event.at.isoformat()),
            )

    def end(self, sitting: int, ended: datetime, why: str) -> bool:
        """End a sitting; False when it had ended before, which stays as it was. Raises StoreError."""
        with self._transaction():
            return self.close(sitting, ended, why)

    def close(self, sitting: int, ended: datetime, why: str) -> bool:
        """Do what `end` says, inside a transaction of the caller's."""
        if not self._read("select 1 from sitting where id = ? and ended is null", (sitting,)):
            return False
        self._change("update sitting set ended = ?, why = ? where id = ?", (ended.isoformat(), why, sitting))
        return True

    def events(self, sitting: int) -> tuple[SittingEvent, ...]:
        """Return what was done, in order. Raises StoreError."""
        rows = self._read("select place, what, value, at from sitting_event where sitting = ? order by id", (sitting,))
        return self._made(_event, rows)

    def all(self, exam: str | None = None) -> tuple[StoredSitting, ...]:
        """Return the sittings of one exam or of all, oldest first. Raises StoreError."""
        rows = self._read(
            "select id, exam, blueprint, seed, drawn, begun, ended, why from sitting "
            "where course = ? and (? is null or exam = ?) order by id",
            (self._course, exam, exam),
        )
        return self._made(_sitting, rows)


def _event(row: Row) -> SittingEvent:
    place, what, value, at = row
    return SittingEvent(place, what, json.loads(value), datetime.fromisoformat(at))


def _sitting(row: Row) -> StoredSitting:
    number, exam, blueprint, seed, drawn, begun, ended, why = row
    return StoredSitting(
        id=number,
        exam=exam,
        blueprint=json.loads(blueprint),
        seed=seed,
        drawn=tuple(json.loads(drawn)),
        begun=datetime.fromisoformat(begun),
        ended=ended and datetime.fromisoformat(ended),
        why=why,
    )
