"""Milliseconds from a key to its repaint, in a lab at rest and while it trains. The mark: p95 within 33 ms of rest.

    python tests/benchmarks/key_latency.py [KEYS]

The cursor goes down and up between two knobs; the clock stops at the read that brings the moved cursor to the screen.
"""

import sys
import time
from pathlib import Path
from statistics import quantiles

from terminal import Terminal
from year import a_year

from coursekit.course import open_course

ROOT = Path(__file__).parents[2]
KEYS = (("\x1b[B", "▸ batch size"), ("\x1b[A", "▸ learning rate"))
FRAME = 1000 / 60


def main() -> None:
    """Print p50 and p95 of both, and their distance."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with a_year() as record, Terminal([sys.executable, "-m", "coursekit"], record=record) as terminal:
        open_lab(terminal, "learning-rate")
        rest = measure(terminal, count, trains=False)
        busy = measure(terminal, count, trains=True)
    for name, (p50, p95) in (("at rest", rest), ("training", busy)):
        print(f"key to repaint, {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    print(f"p95 further by {busy[1] - rest[1]:.1f} ms, {(busy[1] - rest[1]) / FRAME:.2f} frames (mark 2 frames)")


def open_lab(terminal: Terminal, name: str) -> None:
    """Go from Home to one of the labs, which are listed by name."""
    terminal.wait_for("Study now")
    terminal.settle()
    terminal.press("l" + "\x1b[B" * open_course(ROOT).lab_names().index(name))
    terminal.settle()
    terminal.press("\r")
    terminal.wait_for(f"lab {name}")
    terminal.settle()


def measure(terminal: Terminal, count: int, *, trains: bool) -> tuple[float, float]:
    """Press keys and return p50 and p95 in ms; a run that has ended is started again."""
    found: list[float] = []
    for number in range(count):
        key, words = KEYS[number % 2]
        if trains and "running" not in terminal.text():
            terminal.press("\r")
            terminal.wait_for("running")
        rest_until(terminal, time.perf_counter() + 0.05 + number * 7 % 17 / 1000)  # not in step with the refreshes
        begun = time.perf_counter()
        terminal.press(key)
        found.append((terminal.wait_for(words) - begun) * 1000)
    cuts = quantiles(found, n=20)
    return cuts[9], cuts[18]


def rest_until(terminal: Terminal, end: float) -> None:
    """Draw what comes until a moment."""
    while (left := end - time.perf_counter()) > 0:
        terminal.pump(left)


if __name__ == "__main__":
    main()
