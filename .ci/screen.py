"""Open the app on a terminal, see its first card and Home, leave it with q; exit status 0 when all of that worked.

python .ci/screen.py .venv/bin/coursekit
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "benchmarks"))
from terminal import Terminal


def main(*command: str) -> int:
    """Return the app's exit status."""
    with Terminal(list(command)) as terminal:
        terminal.wait_for("1 of 3")  # the first visit's cards
        terminal.settle()
        terminal.press("\x1b")
        terminal.wait_for("Study now")
        terminal.settle()
        print(terminal.text().strip("\n"))
        terminal.press("q")
        terminal.drain()
        return 1 if terminal.status is None else terminal.status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
