"""CPU milliseconds from one question to the next, against one line of text replaced in an empty app. The mark is 25.

    python tests/benchmarks/question_switch.py [ROUNDS]

The course is gone through with n, each press once the screen is at rest; the time is all of the process's, shared out.
The first time through also loads what a kind of question needs; the second time is what a switch costs by itself.
"""

import os
import sys
from pathlib import Path
from statistics import median

from terminal import Terminal
from year import a_year

from coursekit.course import open_course

EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    BINDINGS = [("n", "next", "next")]
    number = 0
    def compose(self):
        yield Static("Line 0")
    def action_next(self):
        self.number += 1
        self.query_one(Static).update(f"Line {self.number}")

Empty().run()
"""
ROOT = Path(__file__).parents[2]
SWITCHES = 18


def main() -> None:
    """Print medians and their ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with a_year() as record:
        triples = [(*_course(record), _empty()) for _ in range(rounds)]
    first, again, empty = (median(triple[which] for triple in triples) for which in range(3))
    print(f"a line in an empty app: {empty:.1f} ms CPU")
    print(f"question switch, first time through: {first:.1f} ms CPU, ratio {first / empty:.1f}")
    print(f"question switch, second time: {again:.1f} ms CPU (mark 25), ratio {again / empty:.1f}")


def _course(record: Path) -> tuple[float, float]:
    names = list(open_course(ROOT).topic_of)[: SWITCHES + 2]
    with Terminal([sys.executable, "-m", "coursekit", "ask", *names, *names], record=record) as terminal:
        terminal.wait_for("1 of ")
        return _switches(terminal, 1), _switches(terminal, SWITCHES + 2)


def _empty() -> float:
    with Terminal([sys.executable, "-c", EMPTY]) as terminal:
        terminal.wait_for("Line 0")
        return _switches(terminal, 0)


def _switches(terminal: Terminal, at: int) -> float:
    """Press n again and again; where some text is written n is text, so esc comes first."""
    terminal.press("n")  # the first loads what all need
    terminal.settle()
    before = _cpu(terminal.pid)
    for number in range(SWITCHES):
        if any(words in terminal.text() for words in ("ctrl+s submit", "esc leaves")):
            terminal.press("\x1b")
            terminal.settle()
        terminal.press("n")
        terminal.wait_for(f" {at + number + 2} of " if at else f"Line {number + 2}")
        terminal.settle()
    return (_cpu(terminal.pid) - before) * 1000 / SWITCHES


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
