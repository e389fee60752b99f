"""Resident memory of the screen's process: at the first frame, with a lab open, after its run, its table, its way.

    python tests/benchmarks/memory.py

With a year of attempts. The mark is 50 MiB. The training process is not counted: it ends with its run.
"""

import sys

from key_latency import open_lab
from terminal import Terminal
from year import a_year


def main() -> None:
    """Print the five figures."""
    with a_year() as record, Terminal([sys.executable, "-m", "coursekit"], record=record) as terminal:
        terminal.wait_for("Study now")
        first = _at_rest(terminal)
        open_lab(terminal, "learning-rate")
        opened = terminal.memory()
        terminal.press("\r")
        terminal.wait_for("finished")
        ran = _at_rest(terminal)
        terminal.press("t")
        terminal.wait_for("sorted by")
        table = _at_rest(terminal)
        terminal.press("v")
        terminal.wait_for("Step 0 of")
        way = _at_rest(terminal)
    print(f"memory: first frame {first:.1f} MiB, lab open {opened:.1f} MiB, after a run {ran:.1f} MiB (mark 50)")
    print(f"memory: then its table {table:.1f} MiB, then its way {way:.1f} MiB")


def _at_rest(terminal: Terminal) -> float:
    terminal.settle()
    return terminal.memory()


if __name__ == "__main__":
    main()
