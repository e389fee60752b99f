"""What a start needs of a record: questions counted by name, few columns, no card made that is not drawn.

Times are kept as text in UTC, all written alike, so what is earlier also sorts first.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple, final

from coursekit.scheduling import MASTERED_DAYS
from coursekit.store.counted import Counted
from coursekit.store.table import Table

_FEW = 50
"""Questions seen last among which the one that is looked for mostly is."""


@final
class Score(NamedTuple):
    """What one run or one grade of a lab came to."""

    lab: str
    points: float
    out_of: float


@final
class Glance(Table):
    """Reads only; every method raises StoreError. Cards have to be fresh."""

    def counted(self, now: datetime) -> Counted:
        """Count the cards by name."""
        return Counted(
            self._names(""),
            self._names("and due <= ?", now.astimezone(UTC).isoformat()),
            self._names("and stability >= ? and last_mark >= 1", MASTERED_DAYS),
        )

    def latest(self) -> Iterator[str]:
        """Return the questions with a card, the one seen last first; most are read only when they are asked for."""
        for part in (f"limit {_FEW}", f"limit -1 offset {_FEW}"):
            order = f"order by last_at desc, question desc {part}"
            yield from (name for (name,) in self._read(f"select question from card where course = ? {order}", self._of))

    def held(self, now: datetime) -> frozenset[str]:
        """Return the names of what is put aside now, as `Asides.held` says."""
        newest = "select max(id) from aside where course = ? group by question"
        rows = self._read(
            f"select question, until from aside where id in ({newest}) and what <> 'bring back'", self._of
        )
        ends = self._made(lambda row: (row[0], row[1] and datetime.fromisoformat(row[1])), rows)
        return frozenset(name for name, until in ends if until is None or now < until)

    def runs(self) -> tuple[Score, ...]:
        """Return what the runs of all labs came to, oldest first, those that were removed left out."""
        return self._scores("lab_run where course = ? and removed is null")

    def grades(self) -> tuple[Score, ...]:
        """Return what the grades of all labs came to, oldest first."""
        return self._scores("lab_grade where course = ?")

    @property
    def _of(self) -> tuple[str]:
        return (self._course,)

    def _names(self, which: str, *values: object) -> frozenset[str]:
        """Read names as one text: that is twice as quick as a row for each, and an id is one line."""
        rows = self._read(
            f"select group_concat(question, char(10)) from card where course = ? {which}", (*self._of, *values)
        )
        return frozenset(rows[0][0].split("\n") if rows[0][0] else ())

    def _scores(self, of: str) -> tuple[Score, ...]:
        return self._made(Score._make, self._read(f"select lab, points, out_of from {of} order by id", self._of))
