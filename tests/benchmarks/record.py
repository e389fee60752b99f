"""What a record of 100,000 attempts costs: at the start of the app, against an empty one, and in the store.

    python tests/benchmarks/record.py [RUNS]

The attempts are spread over 1,000 days and 160 questions, the course's and some that it has no longer. The app is
started under a pseudo-terminal as in first_frame.py, in turn with both records; then each method is called so often.
Times are of the CPU. The marks: start 1.1 times that of an empty record, opening (its check for damage) 20 ms.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

from first_frame import COURSEKIT, ROOT, once

from coursekit.course import open_course
from coursekit.model import Attempt
from coursekit.store.backups import back_up
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.store import Store, open_store

ATTEMPTS, QUESTIONS, DAYS = 100_000, 160, 1000
NOW = datetime.now(UTC)


def main() -> None:
    """Print what was found."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    course = open_course(ROOT)
    names = tuple(course.topic_of)[:QUESTIONS]
    names += tuple(f"gone-{number}" for number in range(QUESTIONS - len(names)))
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        open_store(empty, course.id, NOW).close()
        with closing(open_store(full, course.id, NOW)) as store:
            fill(store, course.id, names)
            print(f"all cards made anew: {1000 * cpu(store.reschedule):.0f} ms")
        print(f"{ATTEMPTS:,} attempts at {len(names)} questions: {(full / FILE).stat().st_size / 1e6:.1f} MB")
        print(f"opened the first time: {1000 * cpu(lambda: open_store(full, course.id, NOW).close()):.1f} ms")
        _methods(full, course.id, names[0], runs)
        _starts(empty, full, runs)


def fill(store: Store, course: str, names: tuple[str, ...]) -> None:
    """Add the attempts in one go, with the real tables, and without making a card for each."""
    columns = "course, question, fingerprint, response, mark, points, is_suggestion, hints, seed, confidence"
    with store._db as db:
        rows = _rows(course, names)
        db.executemany(f"insert into attempt ({columns}, started, finished) values ({', '.join('?' * 12)})", rows)


def _rows(course: str, names: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    chance, at = Random(1), NOW - timedelta(days=DAYS)
    for number in range(ATTEMPTS):
        at += timedelta(days=DAYS) / ATTEMPTS
        response = json.dumps([str(chance.randint(1, 4))])
        mark, said = chance.choice((0.0, 0.5, 1.0, 1.0, 1.0)), chance.choice((None, "sure", "think so", "guess"))
        times = (at.isoformat(), (at + timedelta(seconds=chance.randint(5, 90))).isoformat())
        name = names[number % len(names)]
        yield course, name, "0123456789abcdef", response, mark, 1.0, 0, 0, number // len(names), said, *times


def _methods(home: Path, course: str, name: str, runs: int) -> None:
    made = Attempt(name, "0123456789abcdef", ("1",), 1.0, 1.0, False, 0, 0, NOW, NOW)
    with closing(open_store(home, course, NOW)) as store:
        methods: dict[str, Callable[[], object]] = {
            "open_store (mark 20)": lambda: open_store(home, course, NOW).close(),
            "cards()": store.cards,
            "has_changed()": store.has_changed,
            f"add_attempt at {ATTEMPTS // QUESTIONS} earlier ones": lambda: store.add_attempt(made),
            f"attempts(question), {ATTEMPTS // QUESTIONS}": lambda: store.attempts(name),
            "attempts(), all": store.attempts,
            "the check of the whole (doctor)": lambda: inspect(home / FILE),
            "backup": lambda: back_up(home, None, NOW),
        }
        for what, method in methods.items():
            print(f"{what}: {1000 * median(cpu(method) for _ in range(runs)):.2f} ms")


def cpu(method: Callable[[], object]) -> float:
    """Return the seconds of CPU that a call takes."""
    before = process_time()
    method()
    return process_time() - before


def _starts(empty: Path, full: Path, runs: int) -> None:
    os.environ["COURSEKIT_COURSE"] = str(ROOT)
    seen: dict[Path, list[float]] = {empty: [], full: []}
    for number in range(runs + 1):
        for home in seen:
            seconds = once([*COURSEKIT, "--home", str(home)], "Study now")
            if number:  # the first compiles and fills caches
                seen[home].append(seconds)
    without, with_all = (median(each) for each in seen.values())
    print(
        f"start of the app: {with_all * 1000:.0f} ms, with an empty record {without * 1000:.0f}: "
        f"ratio {with_all / without:.2f} (mark 1.1)"
    )
    print(f"peak memory of what was measured here: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
