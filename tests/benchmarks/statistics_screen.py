"""CPU of the statistics on a record of 100,000 attempts, over 160 and over 10,000 questions; and of starting with it.

    python tests/benchmarks/statistics_screen.py [ROUNDS]

The bank is `bank.py`'s; the attempts are spread over two years. First the data of each page alone, then the
screen as it opens at that page: read, laid out and drawn. The start is held against one with an empty record, in turn.
Marks: a page under 150 ms, the start within 1.1.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bank import make_bank
from first_frame import once
from year import make_record

from coursekit.course import Course, open_course
from coursekit.store.store import open_store
from coursekit.study import seeing
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.statistics import PAGES, StatisticsScreen

ATTEMPTS, DAYS = 100_000, 730
SIZES = {160: 10, 10_000: 400}
NOW = datetime.now(UTC)


def main() -> None:
    """Print the marks for each size."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for questions, files in SIZES.items():
        with tempfile.TemporaryDirectory() as name:
            bank, full, empty = (Path(name) / part for part in ("bank", "full", "empty"))
            course = open_course(make_bank(bank, questions, files))
            make_record(full, course, ATTEMPTS, DAYS)
            open_store(empty, course.id, NOW).close()
            print(f"{ATTEMPTS:,} attempts at {questions:,} questions")
            tell_data(open_course(bank), full, rounds)
            each = asyncio.run(opened(bank, full, rounds))
            print(
                f"  opening the screen at: {', '.join(f'{page} {ms:.0f}' for page, ms in each.items())} ms (mark 150)"
            )
            tell_start(bank, full, empty, rounds)


def tell_data(course: Course, home: Path, rounds: int) -> None:
    """Print the CPU of each page's data."""
    store = open_store(home, course.id, NOW)
    cards = store.cards()
    parts: dict[str, Callable[[], object]] = {
        "cards": store.cards,
        "standing": lambda: seeing.standing(course, cards, NOW),
        "days": lambda: seeing.days(course, store, cards, NOW),
        "truth": lambda: seeing.truth(store),
        "labs": lambda: seeing.labs(course, store),
    }
    found = {name: median(_cpu(part) for _ in range(rounds)) for name, part in parts.items()}
    store.close()
    said = ", ".join(f"{name} {ms:.1f}" for name, ms in found.items())
    print(f"  data: {said}; together {sum(found.values()):.0f} ms")


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


async def opened(bank: Path, home: Path, rounds: int) -> dict[str, float]:
    """Return the CPU of opening the screen at each page, in ms: reading, laying out and drawing."""
    app = CoursekitApp(open_course(bank), home)
    seen: dict[str, list[float]] = {page: [] for page in PAGES}
    async with app.run_test(size=(80, 24)) as pilot:
        for page in PAGES * rounds:
            begin = time.process_time()
            await app.push_screen(StatisticsScreen(page))
            await pilot.pause()
            seen[page].append((time.process_time() - begin) * 1000)
            await app.pop_screen()
            await pilot.pause()
    return {page: median(found) for page, found in seen.items()}


def tell_start(bank: Path, full: Path, empty: Path, rounds: int) -> None:
    """Print the CPU to the first frame with each record, and their ratio."""
    seen: dict[Path, list[float]] = {full: [], empty: []}
    for number in range(rounds + 1):
        for home, seconds in seen.items():
            argv = [sys.executable, "-m", "coursekit", "--course", str(bank), "--home", str(home)]
            took = once(argv, "Study now")
            if number:  # the first fills caches
                seconds.append(took)
    most, least = (median(seconds) * 1000 for seconds in seen.values())
    print(f"  start: {most:.0f} ms CPU, with an empty record {least:.0f}: ratio {most / least:.2f} (mark 1.1)")


if __name__ == "__main__":
    main()
