"""What a pipe, a full disk, a closed stream and a signal do to the command."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Environment = Callable[[Path | None], dict[str, str]]


@pytest.fixture
def shell(environment: Environment, shared_course: Path, tmp_path: Path) -> Callable[..., Any]:
    """Return what runs a line of shell in which `$C` is the command."""
    command = f"{sys.executable} -P -m coursekit --course {shared_course} --home {tmp_path}"

    def run(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=environment(tmp_path) | {"C": command},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.mark.parametrize("words", ["list questions --json", "list questions", "lab run bowl --json", "--help"])
def test_a_reader_that_leaves_is_no_error(shell: Callable[..., Any], words: str):
    first = shell(f"$C {words} | head -1")
    none = shell(f"$C {words} | true")

    assert first.stdout.count("\n") == 1
    assert (first.stderr, none.stderr) == ("", "")


@pytest.mark.parametrize("words", ["list questions --json", "list topics", "progress", "--help"])
def test_a_full_disk_is_told_in_one_line(shell: Callable[..., Any], words: str):
    done = shell(f"$C {words} >/dev/full")

    assert (done.returncode, done.stderr) == (2, "coursekit: No space left on device\n")


def test_closed_streams_are_no_error(shell: Callable[..., Any]):
    closed = shell("$C list questions >&-; $C ask --plain <&-; $C nonsense 2>&-; $C ask --plain <&- >&- 2>&-")

    assert closed.returncode == 0
    assert closed.stderr == ""
    assert "Until next time." in closed.stdout


def test_an_old_encoding_shows_a_question_mark_and_goes_on(run: Run, shared_course: Path, tmp_path: Path):
    done = run(
        "ask", "claim", "--plain", course=shared_course, home=tmp_path, typed="2\n", env={"PYTHONIOENCODING": "ascii"}
    )

    assert (done.status, done.err) == (0, "")
    assert "Basics ? Steps and batches" in done.out
    assert "1 of 1 point" in done.out


def test_bytes_that_are_no_text_are_taken_as_far_as_they_go(run: Run, shared_course: Path, tmp_path: Path):
    for locale in ("C.UTF-8", "C"):
        done = run(
            *("ask", "why-calm", "--plain"),
            course=shared_course,
            home=tmp_path,
            typed=b"the gradient's noise \xff is lower\n\n\n",
            env={"LC_ALL": locale},
        )

        assert done.status == 0
        assert "2 of 3 points · self-graded" in done.out


def test_ctrl_c_ends_the_session_quietly(environment: Environment, shared_course: Path, tmp_path: Path):
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "coursekit", "--course", str(shared_course), "ask", "--plain"],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    while "Expected" not in (line := child.stdout.readline()) and not line.startswith("3."):
        pass

    child.send_signal(signal.SIGINT)
    child.wait(timeout=10)  # with its input open: the end of input would end it too
    out, err = child.communicate()

    assert (child.returncode, err) == (130, "")
    assert out.endswith("\nUntil next time. What you submitted is saved.\n")


@pytest.mark.parametrize("term", ["xterm-256color", "dumb", ""])
def test_without_a_terminal_the_app_goes_line_by_line_and_says_so(
    run: Run, shared_course: Path, tmp_path: Path, term: str
):
    for words in ((), ("ask", "pick-one")):
        done = run(*words, course=shared_course, home=tmp_path, typed="q\n", env={"TERM": term})

        assert done.status == 0
        assert done.err == "No terminal to draw on: going on line by line, as with --plain.\n"
        assert "Type h for a hint, n to skip, q to leave, ? for more." in done.out
        assert "\x1b" not in done.out


@pytest.mark.parametrize("words", [["--plain"], ["--plain", "ask"], ["ask", "--plain"]])
def test_plain_that_was_asked_for_needs_no_word(run: Run, shared_course: Path, tmp_path: Path, words: list[str]):
    done = run(*words, course=shared_course, home=tmp_path)

    assert (done.status, done.err) == (0, "")
    assert "A tiny course. 6 questions." in done.out


def test_a_dumb_terminal_goes_line_by_line(environment: Environment, shared_course: Path, tmp_path: Path):
    """On a real terminal, by a pseudo-terminal."""
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "coursekit", "--course", str(shared_course)],
        env=environment(tmp_path) | {"TERM": "dumb"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    os.write(leader, b"q\n")
    status = child.wait(timeout=20)
    said = os.read(leader, 100_000).decode()
    os.close(leader)

    assert status == 0
    assert "No terminal to draw on: going on line by line" in said
    assert "Until next time." in said
    assert "\x1b" not in said
