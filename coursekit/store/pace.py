"""How fast a learner works: what a plan needs of a record of any length, read from few rows of it."""

from datetime import datetime
from typing import final

from coursekit.store.table import Table

LATEST = 200
"""So many attempts say how long a question takes."""
LONGEST_SECONDS = 300
"""What one attempt counts for at most: somebody went away."""


@final
class Pace(Table):
    """Reads only; both methods raise StoreError."""

    def seconds(self) -> tuple[float, int]:
        """Return the mean seconds of the latest attempts, and how many they are."""
        latest = (
            "select started, finished from attempt not indexed where course = ? and purpose <> 'lab' "
            f"order by id desc limit {LATEST}"
        )
        took = "(julianday(finished) - julianday(started)) * 86400"
        rows = self._read(
            f"select avg(max(0, min({LONGEST_SECONDS}, {took}))), count(*) from ({latest})", (self._course,)
        )
        return float(rows[0][0] or 0), int(rows[0][1])

    def begun_since(self, at: datetime) -> int:
        """Count the questions that were asked for the first time since then (UTC); cramming begins none."""
        first = (
            "select finished from attempt where course = card.course and question = card.question "
            "and purpose <> 'cram' order by id limit 1"
        )
        rows = self._read(
            f"select count(*) from card where course = ? and last_at >= ? and ({first}) >= ?",
            (self._course, at.isoformat(), at.isoformat()),
        )
        return int(rows[0][0])
