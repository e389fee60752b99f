"""What the statistics are made of, counted in the file: a hundred thousand attempts need not become objects.

`not indexed` has SQLite read the rows in the order in which they lie; the index by question would make it jump.
"""

from datetime import UTC, datetime
from typing import final

from coursekit.scheduling import Review
from coursekit.store.reviews import COUNTS, MARK, Reviews
from coursekit.store.table import Row, Table

LONGEST_SECONDS = 600
"""What one attempt counts for at most: a question that stood open over lunch was not studied for an hour."""

_HOUR, _MINUTE = len("2026-01-20T18"), len("2026-01-20T18:05")
_SECONDS = f"max(0, min({LONGEST_SECONDS}, (julianday(finished) - julianday(started)) * 86400))"

Stretch = tuple[datetime, int, float]
"""When an hour or a minute began (UTC), how many attempts ended in it, how many seconds they took."""
Said = tuple[str, int, int, float]
"""A word of confidence ('' where none was said), how many attempts, how many got all points, the sum of the marks."""
LabWork = tuple[str, int, float, float]
"""A lab, how often it was run or graded, the points of the best and out of how many."""


@final
class Seeing(Table):
    """Counts over the attempts, runs and grades of a course. Nothing here writes; every method raises StoreError."""

    def stretches(self, since: datetime, *, by_minute: bool = False) -> tuple[Stretch, ...]:
        """Count what was done since then, by the hour, or by the minute where days begin within an hour."""
        length = _MINUTE if by_minute else _HOUR
        rows = self._read(
            f"select substr(finished, 1, {length}) as stretch, count(*), sum({_SECONDS}) from attempt not indexed "
            "where course = ? and finished >= ? group by stretch",
            (self._course, since.astimezone(UTC).isoformat()[:length]),
        )
        return self._made(_stretch, rows)

    def said(self) -> tuple[Said, ...]:
        """Count how attempts went by what the learner had said of them; a suggestion counts once it is confirmed."""
        rows = self._read(
            f"select coalesce(confidence, ''), count(*), sum(mark >= 1), sum(mark) from (select confidence, {MARK} as "
            f"mark from attempt not indexed where course = ? and purpose <> 'lab' and {COUNTS}) group by confidence",
            (self._course,),
        )
        return self._made(_said, rows)

    def attempts(self) -> int:
        """Count all attempts."""
        return int(self._read("select count(*) from attempt where course = ?", (self._course,))[0][0])

    def attempted(self, latest: int) -> dict[str, int]:
        """Count the attempts at each question that is among the `latest` attempts, the newest first."""
        newest = "select question from attempt not indexed where course = ? order by id desc limit ?"
        rows = self._read(
            f"select question, count(*) from attempt where course = ? and question in ({newest}) group by question "
            "order by max(id) desc",
            (self._course, self._course, latest),
        )
        return {str(question): int(count) for question, count in rows}

    def begun(self) -> tuple[str, ...]:
        """Return the questions in the order in which they were first tried or served, which never changes."""
        both = (
            "select question, id from attempt where course = ? union all "
            "select serves, id from attempt where course = ? and serves is not null"
        )
        rows = self._read(
            f"select question from ({both}) group by question order by min(id), question", (self._course,) * 2
        )
        return tuple(str(question) for (question,) in rows)

    def reviews(self, question: str, most: int = -1) -> tuple[Review, ...]:
        """Return what the card of a question is made of, oldest first; only the first `most`, if it is given."""
        return Reviews(self._db, self._course).of(question, most)

    def runs(self) -> tuple[LabWork, ...]:
        """Count the runs of each lab that are not put away, with the best of them."""
        return self._lab_work("lab_run where removed is null and")

    def grades(self) -> tuple[LabWork, ...]:
        """Count the grades of each lab, with the best of them."""
        return self._lab_work("lab_grade where")

    def _lab_work(self, rows_of: str) -> tuple[LabWork, ...]:
        """Take points and out_of from the row of the maximum, as SQLite promises for bare columns beside max()."""
        rows = self._read(
            f"select lab, count(*), points, out_of, max(points / max(out_of, 1e-9)) from {rows_of} course = ? "
            "group by lab",
            (self._course,),
        )
        return tuple((str(lab), int(count), float(points), float(out_of)) for lab, count, points, out_of, _ in rows)


def _stretch(row: Row) -> Stretch:
    stretch, count, seconds = row
    begin = f"{stretch}:00" if len(stretch) == _HOUR else stretch
    return datetime.fromisoformat(f"{begin}:00+00:00"), int(count), float(seconds)


def _said(row: Row) -> Said:
    confidence, count, right, marks = row
    return str(confidence), int(count), int(right), float(marks)
