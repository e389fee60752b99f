"""The record of one learner: attempts, confirmations, lab runs; cards are a cache of them.

A fact is on disk before its method returns, so what a screen shows as saved survives a kill.
"""

import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar, final

from coursekit.errors import StoreError
from coursekit.model import Attempt, Confirmation, Response
from coursekit.scheduling import Card, Review, schedule
from coursekit.store.place import FILE, make_home, unwritable
from coursekit.store.schema import MIGRATIONS, migrate, version_of

_PATIENCE_SECONDS = 3  # to wait for another process that is writing

T = TypeVar("T")


@final
@dataclass(frozen=True, slots=True)
class LabRun:
    """One finished run of a lab: what was set, what came out, what it scored."""

    lab: str
    config: dict[str, Any]  # Any: JSON
    settings: dict[str, Any]
    outcome: str
    goals: tuple[dict[str, Any], ...]
    points: float
    out_of: float
    steps: int
    at: datetime
    id: int = 0
    number: int = 0  # its place among all runs of its lab, from 1, which stays when others are removed
    removed: datetime | None = None


@final
@dataclass(frozen=True, slots=True)
class LabGrade:
    """The grade of some settings of a lab: what each seed came to, and the median."""

    lab: str
    config: dict[str, Any]  # Any: JSON
    settings: dict[str, Any]
    results: tuple[dict[str, Any], ...]
    points: float
    out_of: float
    at: datetime
    id: int = 0


@final
class Store:
    """An open record. `notice` says what a person should know about how it was opened."""

    def __init__(self, connection: sqlite3.Connection, course: str, notice: str = "") -> None:
        self._db = connection
        self._course = course
        self.notice = notice

    def add_attempt(self, attempt: Attempt) -> int:
        """Save an attempt and bring its card up to date; return its id. Raises StoreError."""
        columns = (
            "course, question, fingerprint, response, mark, points, is_suggestion, hints, seed, confidence, "
            "lab_run, started, finished"
        )
        values = (
            self._course,
            attempt.question,
            attempt.fingerprint,
            json.dumps(attempt.response, ensure_ascii=False),
            attempt.mark,
            attempt.points,
            int(attempt.is_suggestion),
            attempt.hints,
            attempt.seed,
            attempt.confidence,
            attempt.lab_run,
            attempt.started.isoformat(),
            attempt.finished.isoformat(),
        )
        with self._transaction():
            number = self._change(f"insert into attempt ({columns}) values ({', '.join('?' * len(values))})", values)
            self._refresh(attempt.question)
        return number

    def confirm(self, confirmation: Confirmation) -> None:
        """Save what the learner made of a suggestion. Raises StoreError."""
        values = (confirmation.attempt, json.dumps(confirmation.ticks), confirmation.mark, confirmation.at.isoformat())
        with self._transaction():
            self._change("insert into confirmation (attempt, ticks, mark, at) values (?, ?, ?, ?)", values)
            found = self._read("select question from attempt where id = ?", (confirmation.attempt,))
            self._refresh(found[0][0])

    def attempts(self, question: str | None = None) -> tuple[Attempt, ...]:
        """Return the attempts at one question or at all, oldest first, the mark being the confirmed one if any.

        Raises StoreError, as every reading method does.
        """
        rows = self._read(
            "select question, fingerprint, response, mark, points, is_suggestion, hints, seed, started, finished, "
            "confidence, lab_run, id, (select mark from confirmation where attempt = attempt.id order by id desc "
            "limit 1) from attempt where course = ? and (? is null or question = ?) order by id",
            (self._course, question, question),
        )
        return self._made(_attempt, rows)

    def confirmations(self, attempt: int) -> tuple[Confirmation, ...]:
        """Return what was made of one suggested mark, oldest first."""
        rows = self._read("select ticks, mark, at from confirmation where attempt = ? order by id", (attempt,))
        return self._made(lambda row: _confirmation(attempt, row), rows)

    def keep_draft(self, question: str, response: Response) -> None:
        """Keep what is entered and not submitted; nothing entered drops what was kept. Raises StoreError."""
        with self._transaction():
            if response:
                values = (self._course, question, json.dumps(response, ensure_ascii=False))
                self._change("insert or replace into draft values (?, ?, ?)", values)
            else:
                self._change("delete from draft where course = ? and question = ?", (self._course, question))

    def draft(self, question: str) -> Response:
        """Return what was entered and not submitted."""
        found = self._read("select response from draft where course = ? and question = ?", (self._course, question))
        return self._made(lambda row: tuple(json.loads(row[0])), found)[0] if found else ()

    def add_run(self, run: LabRun) -> int:
        """Save a lab's run; return its id. Raises StoreError."""
        values = (
            self._course,
            run.lab,
            json.dumps(run.config),
            json.dumps(run.settings),
            run.outcome,
            json.dumps(run.goals),
            run.points,
            run.out_of,
            run.steps,
            run.at.isoformat(),
        )
        with self._transaction():
            return self._change(
                "insert into lab_run (course, lab, config, settings, outcome, goals, points, out_of, steps, at) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def runs(self, lab: str | None = None, *, with_removed: bool = False) -> tuple[LabRun, ...]:
        """Return the runs of one lab or of all, oldest first; those that were removed only when asked for."""
        rows = self._read(
            "select * from (select lab, config, settings, outcome, goals, points, out_of, steps, at, id, "
            "row_number() over (partition by lab order by id), removed from lab_run "
            "where course = ? and (? is null or lab = ?)) where ? or removed is null order by id",
            (self._course, lab, lab, with_removed),
        )
        return self._made(_run, rows)

    def remove_run(self, id: int, at: datetime) -> None:
        """Put a run away; one that is away stays as it was. Its row is kept. Raises StoreError for an unknown one."""
        self._put_away(id, "coalesce(removed, ?)", (at.isoformat(),))

    def restore_run(self, id: int) -> None:
        """Bring a run back; harmless for one that is there. Raises StoreError for an unknown one."""
        self._put_away(id, "null", ())

    def add_grade(self, grade: LabGrade) -> int:
        """Save a lab's grade; return its id. Raises StoreError."""
        texts = (json.dumps(value) for value in (grade.config, grade.settings, grade.results))
        values = (self._course, grade.lab, *texts, grade.points, grade.out_of, grade.at.isoformat())
        with self._transaction():
            return self._change(
                "insert into lab_grade (course, lab, config, settings, results, points, out_of, at) "
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def grades(self, lab: str | None = None) -> tuple[LabGrade, ...]:
        """Return the grades of one lab or of all, oldest first."""
        rows = self._read(
            "select lab, config, settings, results, points, out_of, at, id from lab_grade "
            "where course = ? and (? is null or lab = ?) order by id",
            (self._course, lab, lab),
        )
        return self._made(_grade, rows)

    def cards(self) -> dict[str, Card]:
        """Return the card of each question that was tried; those that do not fit the attempts are made anew.

        A suggested mark counts for nothing until it is confirmed.
        """
        stale = self._read(
            "select question from attempt left join card using (course, question) where course = ? "
            "group by question having coalesce(card.reviews, 0) <> sum(is_suggestion = 0 "
            "or exists (select 1 from confirmation where attempt = attempt.id))",
            (self._course,),
        )
        for (question,) in stale:
            with self._transaction():
                self._refresh(question)
        rows = self._read(
            "select question, due, stability, reviews, last_mark from card where course = ?", (self._course,)
        )
        return {card.question: card for card in self._made(_card, rows)}

    def card(self, question: str) -> Card | None:
        """Return the card of a question, None while no attempt at it counts."""
        return self.cards().get(question)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _put_away(self, id: int, removed: str, values: tuple[str, ...]) -> None:
        with self._transaction():
            if not self._read("select 1 from lab_run where id = ? and course = ?", (id, self._course)):
                raise StoreError(f"The record has no run with the id {id}. Look at the table of runs again.")
            self._change(f"update lab_run set removed = {removed} where id = ?", (*values, id))

    def _refresh(self, question: str) -> None:
        counted = [attempt for attempt in self.attempts(question) if not attempt.is_suggestion]
        if not counted:
            return
        card = schedule(question, [Review(a.finished, a.mark, a.hints) for a in counted])
        self._change(
            "insert or replace into card values (?, ?, ?, ?, ?, ?)",
            (self._course, question, card.due.isoformat(), card.stability, card.reviews, card.last_mark),
        )

    @contextmanager
    def _transaction(self) -> Generator[None, None, None]:
        """Write all that happens inside, or nothing of it; no other process writes between."""
        try:
            with self._db:
                self._db.execute("begin immediate")
                yield
        except sqlite3.Error as error:
            raise StoreError(f"The record could not be written: {error}. Your last entry is not saved.") from error

    def _change(self, sql: str, values: Sequence[Any]) -> int:
        return int(self._db.execute(sql, values).lastrowid or 0)

    def _made(self, make: Callable[[tuple[Any, ...]], T], rows: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        """Make records of rows. Raises StoreError for one that holds something else."""
        try:
            return tuple(make(row) for row in rows)
        except (ValueError, TypeError) as error:
            raise _unreadable(error) from error

    def _read(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _unreadable(error) from error


def open_store(home: Path, course: str, now: datetime) -> Store:
    """Open or make the record in a folder. A corrupt file is put aside under a new name, never overwritten.

    Raises StoreError when the folder cannot be written or the file comes from a newer coursekit.
    """
    path, notice = home / FILE, ""
    try:
        make_home(home)
        try:
            connection = _connect(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, full or out of reach: not damaged
                raise
            notice = f"The record was damaged. It is kept as {_put_aside(path, now)}; a new one was begun."
            connection = _connect(path)
    except (OSError, sqlite3.Error) as error:
        raise unwritable(home, (isinstance(error, OSError) and error.strerror) or str(error)) from error
    return Store(connection, course, notice)


def _put_aside(path: Path, now: datetime) -> Path:
    """Rename a file, and the journal that goes with it, to a name that is free."""
    stem = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
    names = chain((stem,), (Path(f"{stem}-{number}") for number in count(2)))
    aside = next(name for name in names if not name.exists())
    for part in ("", "-wal", "-shm"):
        if (found := Path(f"{path}{part}")).exists():
            found.rename(f"{aside}{part}")
    return aside


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if (found := version_of(connection)) > len(MIGRATIONS):
        raise StoreError(
            f"{path} was written by a newer coursekit (version {found} of the record, this one knows "
            f"{len(MIGRATIONS)}). Update coursekit, or choose another folder with --home."
        )
    _switch_to_wal(connection)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    migrate(connection)
    if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")


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


def _unreadable(error: Exception) -> StoreError:
    return StoreError(
        f"The record could not be read: {error}. Move record.sqlite3 away to begin a new one; 'coursekit doctor' "
        "says where it is."
    )


def _confirmation(attempt: int, row: tuple[Any, ...]) -> Confirmation:
    ticks, mark, at = row
    return Confirmation(attempt, tuple(json.loads(ticks)), mark, datetime.fromisoformat(at))


def _card(row: tuple[Any, ...]) -> Card:
    question, due, *rest = row
    return Card(question, datetime.fromisoformat(due), *rest)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    question, fingerprint, response, mark, points, is_suggestion, hints, seed, started, finished = row[:10]
    confidence, lab_run, number, confirmed = row[10:]
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
        lab_run=lab_run,
        id=number,
    )


def _run(row: tuple[Any, ...]) -> LabRun:
    lab, config, settings, outcome, goals, points, out_of, steps, at, row_id, number, removed = row
    return LabRun(
        lab=lab,
        config=json.loads(config),
        settings=json.loads(settings),
        outcome=outcome,
        goals=tuple(json.loads(goals)),
        points=points,
        out_of=out_of,
        steps=steps,
        at=datetime.fromisoformat(at),
        id=row_id,
        number=number,
        removed=None if removed is None else datetime.fromisoformat(removed),
    )


def _grade(row: tuple[Any, ...]) -> LabGrade:
    lab, config, settings, results, points, out_of, at, number = row
    return LabGrade(
        lab=lab,
        config=json.loads(config),
        settings=json.loads(settings),
        results=tuple(json.loads(results)),
        points=points,
        out_of=out_of,
        at=datetime.fromisoformat(at),
        id=number,
    )
