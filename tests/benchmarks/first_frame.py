"""CPU seconds to the first frame of `coursekit`, against an empty Textual app. The mark is 1.15.

    python tests/benchmarks/first_frame.py [RUNS]

Both run under a pseudo-terminal of 80x24, in turn, with an empty home. A frame has come when its text stands on the
screen and nothing followed for 150 ms. The time is all of the process's until then.
"""

import sys
from statistics import median

from terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("An empty app with one line.")

Bare().run()
"""
CASES = {
    "coursekit": ([sys.executable, "-m", "coursekit"], "Study now"),
    "empty app": ([sys.executable, "-c", BARE], "An empty app"),
}


def main() -> None:
    """Print medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    seen: dict[str, list[float]] = {name: [] for name in CASES}
    for number in range(runs + 1):
        for name, (argv, words) in CASES.items():
            seconds = once(argv, words)
            if number:  # the first compiles and fills caches
                seen[name].append(seconds)
    app, bare = (median(seconds) for seconds in seen.values())
    print(f"first frame: {app * 1000:.0f} ms CPU, empty app {bare * 1000:.0f} ms: ratio {app / bare:.2f} (mark 1.15)")


def once(argv: list[str], words: str) -> float:
    """Start, wait for the frame, and return the CPU seconds."""
    with Terminal(argv) as terminal:
        terminal.wait_for(words)
        terminal.settle()
        return terminal.end()


if __name__ == "__main__":
    main()
