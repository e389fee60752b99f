"""Kill -9 at random instants of the app on a real terminal: no score that was painted is missing in the record.

COURSEKIT_KILLS=200 pytest tests/tui/test_killed_app.py
"""

import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import final

import pytest

from coursekit.model import Attempt
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.store import Store, open_store
from tests.tui.conftest import Terminal, environment

KILLS = int(os.environ.get("COURSEKIT_KILLS", "25"))
TEXT = "The noise is less, so a larger step"
TYPED = {"pick-one": "2\r", "why-calm": f"{TEXT}\x13", "pick-many": "1\r", "one-step": "7\r", "claim": "1\r"}
MARKS = {"pick-one": 1.0, "why-calm": 1.0, "pick-many": 0.5, "one-step": 0.0, "claim": 0.0}
ORDER = tuple(TYPED) * 2
SCORE = re.compile(r"(?:✓ right|≈ partly right|✗ wrong) +([\d.]+) of (\d+) points?")


class Killed(Exception):  # noqa: N818  what is meant to happen
    """The app was killed in the middle of a session."""


@final
class Session:
    """The app, asking all in order; the marks that were seen on its terminal, and how often a suggestion was."""

    def __init__(self, course: Path, home: Path) -> None:
        named = ["--course", str(course), "--home", str(home), "ask", *ORDER]
        self.seen = Terminal([sys.executable, "-P", "-m", "coursekit", *named], environment(home))
        self.marks: list[float] = []
        self.suggested = self.typed = 0
        self._is_killed = threading.Event()

    def go(self) -> None:
        """Respond to one question after the other, each once it stands there. Raises Killed."""
        for place, name in enumerate(ORDER):
            self._until(lambda at=place: self.asks(at) and self.mark() is None)
            self.typed += 1
            if name == "pick-one":
                self._press("c")
                self._until(lambda: "sure" in self._top)
            self._press(TYPED[name])
            if name == "why-calm":
                self._until(lambda: "Suggested:" in self.seen.text)
                self.suggested += 1
                self._press("\r")
            self._until(lambda: self.mark() is not None)
            self.marks.append(self.mark() or 0.0)
            self._press("\r")
        self._until(lambda: "That was the last one." in self.seen.text)

    def go_until_killed(self, seconds: float) -> None:
        """Go until the app is killed so long after its first picture; count what its last one shows, too."""
        self.seen.until(lambda: self.asks(0))
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        with suppress(Killed):
            self.go()
        timer.join()
        assert self.seen.wait() == -signal.SIGKILL
        place, mark = len(self.marks), self.mark()
        if place < self.typed and mark is not None:
            self.marks.append(mark)
        elif place < self.typed and "Suggested:" in self.seen.text:
            self.suggested = ORDER[: place + 1].count("why-calm")

    def asks(self, place: int) -> bool:
        """Say whether the question of a place stands there."""
        return f" {place + 1} of {len(ORDER)}" in self._top

    def mark(self) -> float | None:
        """Return the mark that is on the screen."""
        found = SCORE.search(self.seen.text)
        return float(found[1]) / float(found[2]) if found else None

    @property
    def _top(self) -> str:
        return self.seen.text.partition("\n")[0]

    def _kill(self) -> None:
        self.seen.signal(signal.SIGKILL)
        self._is_killed.set()

    def _press(self, keys: str) -> None:
        with suppress(OSError):  # nobody is there any more
            self.seen.press(keys)

    def _until(self, condition: Callable[[], bool]) -> None:
        self.seen.until(lambda: self._is_killed.is_set() or condition())
        if self._is_killed.is_set():
            raise Killed


def span(course: Path, home: Path) -> float:
    """Return how many seconds a whole session takes from its first picture."""
    session = Session(course, home)
    with session.seen:
        session.seen.until(lambda: session.asks(0))
        start = monotonic()
        session.go()
        assert session.marks == [pytest.approx(MARKS[name], abs=0.01) for name in ORDER]
        return monotonic() - start


def check(session: Session, new: tuple[Attempt, ...], store: Store) -> None:
    """Hold what one session painted to what the record has of it."""
    kept = [(each.question, each.mark) for each in new if not each.is_suggestion]
    painted = list(zip(ORDER, session.marks, strict=False))
    assert painted == [(name, pytest.approx(MARKS[name], abs=0.01)) for name, _ in painted]
    assert kept[: len(painted)] == [(name, pytest.approx(mark, abs=0.01)) for name, mark in painted]
    assert len(painted) <= len(new) <= len(painted) + 1  # saved, and killed before it was painted
    assert all(each.confidence == "sure" for each in new if each.question == "pick-one")
    texts = [each for each in new if each.question == "why-calm"]
    assert len(texts) >= session.suggested
    for each in islice(texts, session.suggested):
        assert each.response == (TEXT,)
        assert not each.is_suggestion or store.draft("why-calm") == (TEXT,)  # kept until it is confirmed


@pytest.mark.slow
def test_what_the_app_had_painted_when_it_was_killed_is_in_the_record(shared_course: Path, tmp_path: Path):
    chance, before, painted, suggested = Random(KILLS), 0, 0, 0
    whole = span(shared_course, tmp_path / "whole")

    for _ in range(KILLS):
        session = Session(shared_course, tmp_path / "home")
        with session.seen:
            session.go_until_killed(chance.uniform(0, whole))

        problem = inspect(tmp_path / "home" / FILE).problem
        with closing(open_store(tmp_path / "home", "tiny", datetime.now(UTC))) as store:
            kept, cards = store.attempts(), store.cards()
            assert (problem, store.notice) == ("", "")
            check(session, kept[before:], store)
            store.reschedule()
            assert store.cards() == cards
            for name in TYPED:
                store.keep_draft(name, ())  # or the next session would go on from it
        before = len(kept)
        painted += len(session.marks)
        suggested += session.suggested

    assert painted > KILLS
    assert suggested > KILLS / 4
