"""The record of one learner: attempts, confirmations, lab runs; cards are a cache of them.

A fact is on disk before its method returns, so what a screen shows as saved survives a kill.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, final

from coursekit.scheduling import Card
from coursekit.store.cards import Cards
from coursekit.store.fitted import put_strange_parameters_away
from coursekit.store.glance import Glance
from coursekit.store.opening import open_record
from coursekit.store.pace import Pace
from coursekit.store.reviews import CONFIRMED, RATED
from coursekit.store.settings import Settings
from coursekit.store.table import Row, Table

if TYPE_CHECKING:  # 15 ms of dataclasses, and Home needs only a glance
    from coursekit.model import Attempt, Confirmation, Response
    from coursekit.store.asides import Asides
    from coursekit.store.labs import LabGrade, LabRun, Labs
    from coursekit.store.notes import Notes
    from coursekit.store.seeing import Seeing
    from coursekit.store.sittings import Sittings

_ATTEMPTS = (
    "select question, fingerprint, response, mark, points, is_suggestion, hints, seed, started, finished, confidence, "
    f"purpose, serves, ({RATED}), id, ({CONFIRMED}) from attempt"
)
_DROP_DRAFT_OF = "delete from draft where course = ? and question = (select question from attempt where id = ?)"


@final
class Store(Table):
    """An open record. `notice` says what a person should know about how it was opened."""

    def __init__(self, connection: sqlite3.Connection, course: str, notice: str = "") -> None:
        super().__init__(connection, course)
        self.notice = notice
        self.pace = Pace(connection, course)
        self.settings = Settings(connection, course)
        self._cards = Cards(connection, course, self.settings)
        self._seen_version = self._data_version()

    @cached_property
    def asides(self) -> "Asides":
        """What is put aside, and flags."""
        from coursekit.store.asides import Asides

        return Asides(self._db, self._course)

    @cached_property
    def notes(self) -> "Notes":
        """Own notes and bookmarks."""
        from coursekit.store.notes import Notes

        return Notes(self._db, self._course)

    @cached_property
    def sittings(self) -> "Sittings":
        """Sittings of mock exams."""
        from coursekit.store.sittings import Sittings

        return Sittings(self._db, self._course)

    @cached_property
    def _labs(self) -> "Labs":
        from coursekit.store.labs import Labs

        return Labs(self._db, self._course)

    @cached_property
    def seeing(self) -> "Seeing":
        """What statistics are made of."""
        from coursekit.store.seeing import Seeing

        return Seeing(self._db, self._course)

    def add_attempt(self, attempt: "Attempt", draft: "Response | None" = None) -> int:
        """Save an attempt and bring its card up to date; return its id. Raises StoreError.

        A `draft` takes the place of what was entered and not submitted, () where nothing of it is to be kept.
        """
        with self._transaction():
            if draft is not None:
                self._put_draft(attempt.question, draft)
            return self._insert_all((attempt,))[0]

    def add_attempts(self, attempts: "Sequence[Attempt]") -> tuple[int, ...]:
        """Save several attempts, all or none; return their ids. Raises StoreError."""
        with self._transaction():
            return self._insert_all(attempts)

    def end_sitting(self, sitting: int, ended: datetime, why: str, attempts: "Sequence[Attempt]") -> bool:
        """End a sitting and save its attempts, all or nothing; False when it had ended before. Raises StoreError."""
        with self._transaction():
            is_ended = self.sittings.close(sitting, ended, why)
            if is_ended:
                self._insert_all(attempts)
        return is_ended

    def _insert_all(self, attempts: "Sequence[Attempt]") -> tuple[int, ...]:
        numbers = tuple(self._insert(attempt) for attempt in attempts)
        self._cards.refresh(name for attempt in attempts for name in (attempt.question, attempt.serves))
        return numbers

    def _insert(self, attempt: "Attempt") -> int:
        columns = (
            "course, question, fingerprint, response, mark, points, is_suggestion, hints, seed, confidence, "
            "started, finished, purpose, serves"
        )
        values = (
            self._course,
            attempt.question,
            attempt.fingerprint,
            _json(attempt.response),
            attempt.mark,
            attempt.points,
            int(attempt.is_suggestion),
            attempt.hints,
            attempt.seed,
            attempt.confidence,
            attempt.started.astimezone(UTC).isoformat(),
            attempt.finished.astimezone(UTC).isoformat(),
            attempt.purpose,
            attempt.serves,
        )
        return self._change(f"insert into attempt ({columns}) values ({', '.join('?' * len(values))})", values)

    def confirm(self, confirmation: "Confirmation") -> None:
        """Save what the learner made of a suggestion, and drop the text that was kept until then. Raises StoreError."""
        values = (confirmation.attempt, json.dumps(confirmation.ticks), confirmation.mark, confirmation.at.isoformat())
        with self._transaction():
            self._change("insert into confirmation (attempt, ticks, mark, at) values (?, ?, ?, ?)", values)
            self._change(_DROP_DRAFT_OF, (self._course, confirmation.attempt))
            self._cards.refresh_for(confirmation.attempt)

    def rate(self, attempt: int, rating: str, at: datetime) -> None:
        """Save the learner's own rating of an attempt; the newest counts. Raises StoreError."""
        with self._transaction():
            self._change("insert into rating (attempt, rating, at) values (?, ?, ?)", (attempt, rating, at.isoformat()))
            self._cards.refresh_for(attempt)

    def attempts(self, question: str | None = None) -> "tuple[Attempt, ...]":
        """Return the attempts at one question or at all, oldest first, the mark being the confirmed one if any.

        Raises StoreError, as every reading method does.
        """
        rows = self._read(
            f"{_ATTEMPTS} where course = ? {'' if question is None else 'and question = ?'} order by id",
            (self._course,) if question is None else (self._course, question),
        )
        return self._made(_attempt, rows)

    def tries(self, question: str) -> int:
        """Count the attempts at one question. Raises StoreError."""
        rows = self._read("select count(*) from attempt where course = ? and question = ?", (self._course, question))
        return int(rows[0][0])

    def confirmations(self, attempt: int) -> "tuple[Confirmation, ...]":
        """Return what was made of one suggested mark, oldest first."""
        rows = self._read("select ticks, mark, at from confirmation where attempt = ? order by id", (attempt,))
        return self._made(lambda row: _confirmation(attempt, row), rows)

    def keep_draft(self, question: str, response: "Response") -> None:
        """Keep what is entered and not submitted; nothing entered drops what was kept. Raises StoreError."""
        kept = self._read("select response from draft where course = ? and question = ?", (self._course, question))
        if kept != [(_json(response),)] * bool(response):  # a transaction waits for the disk
            with self._transaction():
                self._put_draft(question, response)

    def _put_draft(self, question: str, response: "Response") -> None:
        if response:
            self._change("insert or replace into draft values (?, ?, ?)", (self._course, question, _json(response)))
        else:
            self._change("delete from draft where course = ? and question = ?", (self._course, question))

    def draft(self, question: str) -> "Response":
        """Return what was entered and not submitted."""
        found = self._read("select response from draft where course = ? and question = ?", (self._course, question))
        return self._made(lambda row: tuple(json.loads(row[0])), found)[0] if found else ()

    def add_run(self, run: "LabRun") -> int:
        """Save a lab's run; return its id. Raises StoreError."""
        return self._labs.add_run(run)

    def runs(self, lab: str | None = None, *, with_removed: bool = False) -> "tuple[LabRun, ...]":
        """Return the runs of one lab or of all, oldest first; those that were removed only when asked for."""
        return self._labs.runs(lab, with_removed=with_removed)

    def remove_run(self, id: int, at: datetime) -> None:
        """Put a run away; one that is away stays as it was. Its row is kept. Raises StoreError for an unknown one."""
        self._labs.remove_run(id, at)

    def restore_run(self, id: int) -> None:
        """Bring a run back; harmless for one that is there. Raises StoreError for an unknown one."""
        self._labs.restore_run(id)

    def add_grade(self, grade: "LabGrade") -> int:
        """Save a lab's grade; return its id. Raises StoreError."""
        return self._labs.add_grade(grade)

    def grades(self, lab: str | None = None) -> "tuple[LabGrade, ...]":
        """Return the grades of one lab or of all, oldest first."""
        return self._labs.grades(lab)

    def cards(self) -> dict[str, Card]:
        """Return the card of each question that was tried; made anew where they were made with other parameters.

        A suggested mark counts for nothing until it is confirmed.
        """
        return self._cards.all()

    def cards_of(self, questions: Sequence[str]) -> dict[str, Card]:
        """Return the cards of some questions, as `cards` does; one that was not tried has none."""
        return self._cards.of(questions)

    def glance(self) -> Glance:
        """Return what a start needs to know, its cards having been made anew where they had to be."""
        self._cards.freshen()
        return Glance(self._db, self._course)

    def reschedule(self) -> int:
        """Make all cards anew from the attempts, in one transaction; return how many there are. Raises StoreError."""
        return self._cards.reschedule()

    def card(self, question: str) -> Card | None:
        """Return the card of a question, None while no attempt at it counts."""
        return self.cards_of((question,)).get(question)

    def has_open_sitting(self) -> bool:
        """Say whether a mock exam goes on, or went on when its time was up. Raises StoreError."""
        return bool(self._read("select 1 from sitting where course = ? and ended is null limit 1", (self._course,)))

    def has_changed(self) -> bool:
        """Say whether another process, or another opening, has written since this was last asked. Raises StoreError."""
        before, self._seen_version = self._seen_version, self._data_version()
        return before != self._seen_version

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _data_version(self) -> int:
        return int(self._read("pragma data_version", ())[0][0])


def open_store(home: Path, course: str, now: datetime) -> Store:
    """Open or make the record in a folder. A damaged file is put aside under a new name, never overwritten.

    A record in a folder that cannot be written to can be looked at. Raises StoreError when there is none to look at,
    or when the file comes from a newer coursekit.
    """
    opened = open_record(home, now)
    store = Store(opened.connection, course, opened.notice)
    if said := put_strange_parameters_away(store.settings):
        store.notice = f"{opened.notice} {said}".strip()
    if opened.is_for_looking:
        store.cards()  # which may have to be made anew
        opened.connection.execute("pragma query_only = on")
    return store


def _json(response: "Response") -> str:
    return json.dumps(response, ensure_ascii=False)


def _confirmation(attempt: int, row: Row) -> "Confirmation":
    from coursekit.model import Confirmation

    ticks, mark, at = row
    return Confirmation(attempt, tuple(json.loads(ticks)), mark, datetime.fromisoformat(at))


def _attempt(row: Row) -> "Attempt":
    from coursekit.model import Attempt

    question, fingerprint, response, mark, points, is_suggestion, hints, seed, started, finished = row[:10]
    confidence, purpose, serves, own_rating, number, confirmed = row[10:]
    return Attempt(
        question=question,
        fingerprint=fingerprint,
        response=tuple(json.loads(response)),
        mark=mark if confirmed is None else confirmed,
        points=points,
        is_suggestion=bool(is_suggestion) and confirmed is None,
        hints=hints,
        seed=seed,
        started=datetime.fromisoformat(started),
        finished=datetime.fromisoformat(finished),
        confidence=confidence,
        purpose=purpose,
        serves=serves,
        own_rating=own_rating,
        id=number,
    )
