"""The cards of a course: a cache of its attempts, brought up to date in the transaction that adds one."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, final

from coursekit.scheduling import RETENTION, Card, schedule
from coursekit.store.reviews import Reviews
from coursekit.store.settings import Settings
from coursekit.store.table import Row, Table

_AT_ONCE = 500  # SQLite takes a bounded number of values


class _Chosen(NamedTuple):
    """What the cards are made with."""

    parameters: tuple[float, ...]
    retention: float


@final
class Cards(Table):
    """One card per question that was tried. A suggested mark counts for nothing until it is confirmed."""

    def __init__(self, db: sqlite3.Connection, course: str, settings: Settings) -> None:
        super().__init__(db, course)
        self._settings = settings
        self._reviews = Reviews(db, course)

    def all(self) -> dict[str, Card]:
        """Return the cards by question, made anew where they were made with other parameters. Raises StoreError."""
        self.freshen()
        return self._by_question("", ())

    def of(self, questions: Sequence[str]) -> dict[str, Card]:
        """Return the cards of some questions. Raises StoreError."""
        self.freshen()
        parts = (questions[place : place + _AT_ONCE] for place in range(0, len(questions), _AT_ONCE))
        found = (self._by_question(f"and question in ({', '.join('?' * len(part))})", part) for part in parts)
        return {name: card for each in found for name, card in each.items()}

    def freshen(self) -> None:
        """Make the cards anew where they were made with other parameters. Raises StoreError."""
        is_fresh = self._is_made_with(self._chosen())
        if not is_fresh and self._read("select 1 from attempt where course = ? limit 1", (self._course,)):
            self.reschedule()

    def _by_question(self, which: str, values: Sequence[str]) -> dict[str, Card]:
        columns = "question, due, stability, reviews, last_mark, difficulty, lapses, last_at, was_sure"
        rows = self._read(f"select {columns} from card where course = ? {which}", (self._course, *values))
        return {card.question: card for card in self._made(_card, rows)}

    def reschedule(self) -> int:
        """Make all cards anew, in one transaction; return how many there are. Raises StoreError."""
        with self._transaction():
            self._remake(self._chosen())
        return int(self._read("select count(*) from card where course = ?", (self._course,))[0][0])

    def refresh(self, questions: Iterable[str | None]) -> None:
        """Make the cards of some questions anew, each once; to be called inside a transaction."""
        chosen = self._chosen()
        if not self._is_made_with(chosen):
            self._remake(chosen)
            return
        for name in dict.fromkeys(questions):
            if name:
                self._make(name, chosen)

    def refresh_for(self, attempt: int) -> None:
        """Make the cards anew that an attempt counts for; to be called inside a transaction."""
        self.refresh(self._read("select question, serves from attempt where id = ?", (attempt,))[0])

    def _chosen(self) -> _Chosen:
        found = self._settings.several("parameters", "retention")
        return _Chosen(tuple(found.get("parameters", ())), float(found.get("retention", RETENTION)))

    def _is_made_with(self, chosen: _Chosen) -> bool:
        made = self._read("select made_with from card_state where course = ?", (self._course,))
        return made == [(json.dumps(chosen),)]

    def _remake(self, chosen: _Chosen) -> None:
        self._change("delete from card where course = ?", (self._course,))
        names = "select question from attempt where course = ? union select serves from attempt where course = ?"
        for (name,) in self._read(names, (self._course, self._course)):
            if name:
                self._make(name, chosen)
        self._change("insert or replace into card_state values (?, ?)", (self._course, json.dumps(chosen)))

    def _make(self, question: str, chosen: _Chosen) -> None:
        reviews = self._reviews.of(question)
        if not reviews:
            return
        card = schedule(question, reviews, chosen.parameters, chosen.retention)
        values = (
            self._course,
            question,
            card.due.isoformat(),
            card.stability,
            card.reviews,
            card.last_mark,
            card.difficulty,
            card.lapses,
            (card.last_at or card.due).isoformat(),
            int(card.was_sure),
        )
        self._change(f"insert or replace into card values ({', '.join('?' * len(values))})", values)


def _card(row: Row) -> Card:
    question, due, stability, reviews, last_mark, difficulty, lapses, last_at, was_sure = row
    due, last_at = datetime.fromisoformat(due), datetime.fromisoformat(last_at)
    return Card(question, due, stability, reviews, last_mark, difficulty, lapses, last_at, bool(was_sure))
