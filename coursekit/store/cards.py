"""The cards of a course: a cache of its attempts, brought up to date in the transaction that adds one."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import final

from coursekit.scheduling import RETENTION, Card, Review, schedule
from coursekit.store.settings import Settings
from coursekit.store.table import Row, Table

_REVIEWS = (
    "select id, finished, mark, hints, started, confidence, is_suggestion, "
    "(select mark from confirmation where attempt = attempt.id order by id desc limit 1) as confirmed, "
    "(select rating from rating where attempt = attempt.id order by id desc limit 1), purpose from attempt"
)

_AT_ONCE = 500  # SQLite takes a bounded number of values


@final
class Cards(Table):
    """One card per question that was tried. A suggested mark counts for nothing until it is confirmed."""

    def __init__(self, db: sqlite3.Connection, course: str, settings: Settings) -> None:
        super().__init__(db, course)
        self._settings = settings

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
        if not self._is_fresh() and self._read("select 1 from attempt where course = ? limit 1", (self._course,)):
            self.reschedule()

    def _by_question(self, which: str, values: Sequence[str]) -> dict[str, Card]:
        columns = "question, due, stability, reviews, last_mark, difficulty, lapses, last_at, was_sure"
        rows = self._read(f"select {columns} from card where course = ? {which}", (self._course, *values))
        return {card.question: card for card in self._made(_card, rows)}

    def reschedule(self) -> int:
        """Make all cards anew, in one transaction; return how many there are. Raises StoreError."""
        with self._transaction():
            self._remake()
        return int(self._read("select count(*) from card where course = ?", (self._course,))[0][0])

    def refresh(self, *attempts: int) -> None:
        """Make the cards anew that some attempts count for; to be called inside a transaction."""
        if not self._is_fresh():
            self._remake()
            return
        found = chain(*(self._read("select question, serves from attempt where id = ?", (n,))[0] for n in attempts))
        for name in dict.fromkeys(found):
            if name:
                self._make(name)

    def _is_fresh(self) -> bool:
        made = self._read("select made_with from card_state where course = ?", (self._course,))
        return made == [(self._made_with(),)]

    def _remake(self) -> None:
        self._change("delete from card where course = ?", (self._course,))
        names = "select question from attempt where course = ? union select serves from attempt where course = ?"
        for (name,) in self._read(names, (self._course, self._course)):
            if name:
                self._make(name)
        self._change("insert or replace into card_state values (?, ?)", (self._course, self._made_with()))

    def _make(self, question: str) -> None:
        rows = self._read(
            f"select * from ({_REVIEWS} where course = ? and question = ? and purpose <> 'cram' union all "
            f"{_REVIEWS} where course = ? and serves = ? and serves <> question and purpose <> 'cram') "
            "where not is_suggestion or confirmed is not null order by id",
            (self._course, question) * 2,
        )
        if not rows:
            return
        card = schedule(question, self._made(_review, rows), self._parameters(), self._retention())
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

    def _parameters(self) -> tuple[float, ...]:
        return tuple(self._settings.get("parameters", ()))

    def _retention(self) -> float:
        return float(self._settings.get("retention", RETENTION))

    def _made_with(self) -> str:
        return json.dumps([self._parameters(), self._retention()])


def _review(row: Row) -> Review:
    _, finished, mark, hints, started, confidence, _, confirmed, own, purpose = row
    at = datetime.fromisoformat(finished)
    seconds = max(0.0, (at - datetime.fromisoformat(started)).total_seconds())
    return Review(at, mark if confirmed is None else confirmed, hints, seconds, confidence, own, purpose)


def _card(row: Row) -> Card:
    question, due, stability, reviews, last_mark, difficulty, lapses, last_at, was_sure = row
    due, last_at = datetime.fromisoformat(due), datetime.fromisoformat(last_at)
    return Card(question, due, stability, reviews, last_mark, difficulty, lapses, last_at, bool(was_sure))
