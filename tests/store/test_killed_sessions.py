"""Kill -9 at random instants of a real session: nothing that was shown is lost.

COURSEKIT_KILLS=200 pytest tests/store/test_killed_sessions.py
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coursekit.model import Attempt
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KILLS = int(os.environ.get("COURSEKIT_KILLS", "25"))
TEXT = "The noise is less, so a larger step"
TYPED = {"pick-one": "2\n", "why-calm": f"{TEXT}\n\n1\n", "pick-many": "1\n", "claim": "1\n"}
MARKS = {"pick-one": 1.0, "why-calm": 2 / 3, "pick-many": 0.5, "claim": 0.0}
ORDER = tuple(TYPED) * 6
SCORE = re.compile(r"^([\d.]+) of (\d+) points? ·", re.MULTILINE)


def begin(course: Path, home: Path) -> "subprocess.Popen[str]":
    """Start a session that asks all, and type nothing yet."""
    command = [sys.executable, "-P", "-m", "coursekit", "--course", course, "--home", home, "ask", *ORDER, "--plain"]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def type_in(child: "subprocess.Popen[str]", names: tuple[str, ...]) -> None:
    assert child.stdin
    child.stdin.write("".join(TYPED[name] for name in names))
    child.stdin.flush()  # all of them fit into a pipe


def killed(course: Path, home: Path, done: int, seconds: float) -> str:
    """Kill a session in which so many questions are done, so long after the next response; return what it had shown."""
    shown: list[str] = []
    with begin(course, home) as child:
        assert child.stdout
        type_in(child, ORDER[:done])
        while not shown or not shown[-1].startswith(f"Question {done + 1} of "):
            shown.append(child.stdout.readline())
        timer = threading.Timer(seconds, child.send_signal, [signal.SIGKILL])
        type_in(child, ORDER[done : done + 1])
        timer.start()
        shown.append(child.stdout.read())
        timer.join()
        assert child.wait() == -signal.SIGKILL
    return "".join(shown).rpartition("\n")[0] + "\n"


def span(course: Path, home: Path) -> float:
    """Return how many seconds one response takes."""
    with begin(course, home) as child:
        assert child.stdout
        child.stdout.readline()
        start = time.monotonic()
        type_in(child, ORDER)
        shown = child.stdout.read()
    assert len(SCORE.findall(shown)) == len(ORDER)
    return (time.monotonic() - start) / len(ORDER)


def check(shown: str, new: tuple[Attempt, ...], draft: tuple[str, ...]) -> None:
    """Hold what one session showed to what the record has of it."""
    asked = shown.split("\nQuestion ")[1:]
    scored = [(name, SCORE.search(said)) for name, said in zip(ORDER, asked, strict=False)]
    marks = [(name, float(found[1]) / float(found[2])) for name, found in scored if found]
    kept = [(attempt.question, attempt.mark) for attempt in new if not attempt.is_suggestion]
    assert marks == [(name, pytest.approx(MARKS[name])) for name, _ in marks]
    assert kept[: len(marks)] == [(name, pytest.approx(mark)) for name, mark in marks]
    assert len(new) <= len(marks) + 1  # saved, and killed before it could say so
    if asked and "\nSuggested: " in asked[-1]:
        assert new[len(asked) - 1].response == (TEXT,)
        assert draft == (TEXT,) or not new[len(asked) - 1].is_suggestion  # kept until it is confirmed
    elif asked and len(asked) > 1 and ORDER[len(asked) - 1] != "why-calm":
        assert draft == ()


@pytest.mark.slow
def test_what_a_session_had_shown_when_it_was_killed_is_in_the_record(shared_course: Path, tmp_path: Path):
    chance, before, scored, suggested = Random(KILLS), 0, 0, 0
    each = span(shared_course, tmp_path / "whole")

    for _ in range(KILLS):
        shown = killed(shared_course, tmp_path, chance.randrange(len(ORDER)), chance.uniform(0, 2 * each))

        problem = inspect(tmp_path / FILE).problem
        with closing(open_store(tmp_path, "tiny", NOW)) as store:
            kept, cards = store.attempts(), store.cards()
            assert (problem, store.notice) == ("", "")
            check(shown, kept[before:], store.draft("why-calm"))
            store.reschedule()
            assert store.cards() == cards
            store.keep_draft("why-calm", ())  # or the next session would go on from it
        before = len(kept)
        scored += len(SCORE.findall(shown))
        suggested += shown.count("\nSuggested: ")

    assert scored > 5 * KILLS
    assert suggested > KILLS


@pytest.mark.slow
def test_a_text_whose_suggestion_was_shown_is_offered_again_after_a_kill(shared_course: Path, tmp_path: Path):
    command = [sys.executable, "-P", "-m", "coursekit", "--course", shared_course, "--home", tmp_path]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [*command, "ask", "why-calm", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(f"{TEXT}\n\n")
        child.stdin.flush()
        assert any(line.startswith("Suggested:") for line in child.stdout)
        child.kill()

    done = subprocess.run(
        [*command, "ask", "why-calm", "--plain"],
        input="q\n",
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )

    assert f"Kept from last time:\n{TEXT}\n" in done.stdout
