"""CPU seconds to the first frame of `coursekit`, against an empty Textual app. The mark is 1.15.

    python tests/benchmarks/first_frame.py [RUNS]

Both run under a pseudo-terminal of 80x24, in turn: on a first visit, which shows a card, and on Home, with an empty
record and with a year of attempts. A frame has come when its text stands on the screen and nothing followed for 150 ms.
The time is all of the process's until the last of it came.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from terminal import Terminal
from year import make_record

from coursekit.course import open_course
from coursekit.store.store import open_store

Case = tuple[list[str], str, Path | None]
ROOT = Path(__file__).parents[2]
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("An empty app with one line.")

Bare().run()
"""
COURSEKIT = [sys.executable, "-m", "coursekit"]


def main() -> None:
    """Print medians and their ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    course = open_course(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        open_store(empty, course.id, datetime.now(UTC)).close()
        cases: dict[str, Case] = {
            "empty app": ([sys.executable, "-c", BARE], "An empty app", None),
            "first visit": (COURSEKIT, "1 of 3", None),
            "Home": (COURSEKIT, "Study now", empty),
            "Home after a year": (COURSEKIT, "Study now", make_record(full, course)),
        }
        seen: dict[str, list[float]] = {name: [] for name in cases}
        for number in range(runs + 1):
            for name, case in cases.items():
                seconds = once(*case)
                if number:  # the first compiles and fills caches
                    seen[name].append(seconds)
    bare, *rest = (median(seconds) for seconds in seen.values())
    for name, app in zip(list(cases)[1:], rest, strict=True):
        ratio = f"ratio {app / bare:.2f} (mark 1.15)"
        print(f"first frame, {name}: {app * 1000:.0f} ms CPU, empty app {bare * 1000:.0f} ms: {ratio}")


def once(argv: list[str], words: str, record: Path | None = None) -> float:
    """Start, wait for the frame, and return the CPU seconds."""
    with Terminal(argv, record=record) as terminal:
        terminal.wait_for(words)
        return terminal.settle()


if __name__ == "__main__":
    main()
