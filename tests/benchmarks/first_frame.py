"""CPU seconds to the first frame of `coursekit`, against an empty Textual app. The mark is 1.15.

    python tests/benchmarks/first_frame.py [RUNS]

Both run under a pseudo-terminal of 80x24, in turn: on a first visit, which shows a card, and with a record, on Home. A
frame has come when its text stands on the
screen and nothing followed for 150 ms. The time is all of the process's until then.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from terminal import Terminal

from coursekit.course import open_course
from coursekit.store.store import open_store

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
CASES = {"empty app": ([sys.executable, "-c", BARE], "An empty app"), "first visit": (COURSEKIT, "1 of 3")}


def main() -> None:
    """Print medians and their ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        open_store(Path(home), open_course(ROOT).id, datetime.now(UTC)).close()
        cases = CASES | {"Home": ([*COURSEKIT, "--home", home], "Study now")}
        seen: dict[str, list[float]] = {name: [] for name in cases}
        for number in range(runs + 1):
            for name, (argv, words) in cases.items():
                seconds = once(argv, words)
                if number:  # the first compiles and fills caches
                    seen[name].append(seconds)
    bare, *rest = (median(seconds) for seconds in seen.values())
    for name, app in zip(list(cases)[1:], rest, strict=True):
        ratio = f"ratio {app / bare:.2f} (mark 1.15)"
        print(f"first frame, {name}: {app * 1000:.0f} ms CPU, empty app {bare * 1000:.0f} ms: {ratio}")


def once(argv: list[str], words: str) -> float:
    """Start, wait for the frame, and return the CPU seconds."""
    with Terminal(argv) as terminal:
        terminal.wait_for(words)
        terminal.settle()
        return terminal.end()


if __name__ == "__main__":
    main()
