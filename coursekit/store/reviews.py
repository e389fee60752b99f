"""What the card of a question is made of: its attempts as FSRS is told of them, read from the file in one way only."""

from datetime import datetime
from typing import final

from coursekit.scheduling import Review
from coursekit.store.table import Row, Table

CONFIRMED = "select mark from confirmation where attempt = attempt.id order by id desc limit 1"
"""What the learner made of a suggested mark."""
RATED = "select rating from rating where attempt = attempt.id order by id desc limit 1"
"""The rating that the learner gave in place of ours."""
COUNTS = f"(not is_suggestion or exists ({CONFIRMED}))"
"""A suggested mark counts for nothing until it is confirmed."""
MARK = f"case when is_suggestion then ({CONFIRMED}) else mark end"
"""The mark of an attempt that counts."""

_COLUMNS = f"finished, {MARK}, hints, started, confidence, ({RATED}), purpose, id"
_RULE = f"purpose <> 'cram' and {COUNTS}"
_REVIEWS = (
    f"select {_COLUMNS} from attempt where course = ? and question = ? and {_RULE} union all "
    f"select {_COLUMNS} from attempt where course = ? and serves = ? and serves <> question and {_RULE} "
    "order by id limit ?"
)


@final
class Reviews(Table):
    """Reads only. An attempt counts for its question, and for the one in whose place that was asked."""

    def of(self, question: str, most: int = -1) -> tuple[Review, ...]:
        """Return the reviews of a question, oldest first; only the first `most`, if it is given. Raises StoreError."""
        rows = self._read(_REVIEWS, (self._course, question, self._course, question, most))
        return self._made(_review, rows)


def _review(row: Row) -> Review:
    finished, mark, hints, started, confidence, own, purpose, _ = row
    at = datetime.fromisoformat(finished)
    seconds = max(0.0, (at - datetime.fromisoformat(started)).total_seconds())
    return Review(at, float(mark), int(hints), seconds, confidence, own, str(purpose))
