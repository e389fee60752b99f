"""Resident memory of the screen's process: at the first frame, with a lab open, after its run. The mark is 45 MiB.

    python tests/benchmarks/memory.py

The training process is not counted: it ends with its run.
"""

import sys

from terminal import Terminal


def main() -> None:
    """Print the three figures."""
    with Terminal([sys.executable, "-m", "coursekit"]) as terminal:
        terminal.wait_for("Study now")
        terminal.settle()
        first = terminal.memory()
        terminal.press("l")
        terminal.settle()
        terminal.press("\r")
        terminal.wait_for("▸ learning rate")
        terminal.settle()
        opened = terminal.memory()
        terminal.press("\r")
        terminal.wait_for("finished")
        terminal.settle()
        last = terminal.memory()
    print(f"memory: first frame {first:.1f} MiB, lab open {opened:.1f} MiB, after a run {last:.1f} MiB (mark 45)")


if __name__ == "__main__":
    main()
