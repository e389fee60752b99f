"""A record to measure with: so many attempts over so many days, an hour every evening; a year of them unless told."""

import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from coursekit.course import Course, open_course
from coursekit.store.store import open_store

ATTEMPTS, DAYS = 11_000, 365
"""Thirty a day for a year."""
COLUMNS = (
    "course, question, fingerprint, response, mark, points, is_suggestion, hints, seed, confidence, lab_run, "
    "started, finished, purpose, serves"
)


@contextmanager
def a_year() -> Generator[Path, None, None]:
    """Make the folder of a learner who has studied the whole course for a year, and take it away again."""
    with tempfile.TemporaryDirectory() as folder:
        yield make_record(Path(folder), open_course(Path(__file__).parents[2]))


def make_record(home: Path, course: Course, attempts: int = ATTEMPTS, days: int = DAYS) -> Path:
    """Write the attempts in one transaction, make their cards, and return the folder."""
    now = datetime.now(UTC)
    store, questions = open_store(home, course.id, now), tuple(course.topic_of)
    with store._db:
        rows = _rows(course.id, questions, attempts, now - timedelta(days=days), days)
        store._db.executemany(f"insert into attempt ({COLUMNS}) values ({', '.join('?' * 15)})", rows)
    store.reschedule()
    store.close()
    return home


def _rows(
    course: str, questions: tuple[str, ...], attempts: int, begin: datetime, days: int
) -> Iterator[tuple[object, ...]]:
    random = Random(7)
    for number in range(attempts):
        day, part = divmod(number * days / attempts, 1)
        began = begin + timedelta(days=day, hours=6, seconds=3600 * part)
        ended = began + timedelta(seconds=random.uniform(4, 60))
        mark, hints = random.choice((0, 0.5, *(1,) * 8)), random.choice((0, 0, 0, 1))
        said, name = random.choice((None, "sure", "think so", "guess")), random.choice(questions)
        response = f'["{number % 4}"]'
        asked = (course, name, "f" * 16, response, mark, 1.0, 0, hints, number, said, None)
        yield (*asked, began.isoformat(), ended.isoformat(), "study", None)
