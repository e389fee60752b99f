"""`coursekit completion`: the scripts, in the shells that they are for."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit.cli._parser import commands

Run = Callable[..., Any]
Ask = Callable[[str], set[str]]
SHELLS = ("bash", "zsh", "fish")
PROGRAM = Path(sys.executable).with_name("coursekit")


@pytest.fixture(scope="module", params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    """Name a shell; one that is not here is said, not passed over in silence."""
    if not shutil.which(request.param):
        pytest.skip(f"NOT TESTED: completion in {request.param}, which is not installed.")
    return request.param


@pytest.fixture(scope="module")
def script(run: Run, shell: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    done = run("completion", shell)
    assert (done.status, done.err) == (0, "")
    path = tmp_path_factory.mktemp("completion") / f"coursekit.{shell}"
    path.write_text(done.out)
    return path


@pytest.fixture
def ask(shell: str, script: Path, shared_course: Path, tmp_path: Path) -> Ask:
    """Return what asks the shell how a line goes on."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "labs.d").mkdir()
    environment = {
        "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "COURSEKIT_HOME": str(tmp_path / "home"),
        "COURSEKIT_COURSE": str(shared_course),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }
    asked = {"bash": _ask_bash, "zsh": _ask_zsh, "fish": _ask_fish}[shell]
    return lambda line: asked(script, line, environment, tmp_path)


def _ask_bash(script: Path, line: str, environment: dict[str, str], folder: Path) -> set[str]:
    source = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _coursekit; printf "%s\\n" "${COMPREPLY[@]}"'
    return _said(["bash", "--norc", "-c", source, str(script), *line.split(" ")], environment, folder)


def _ask_fish(script: Path, line: str, environment: dict[str, str], folder: Path) -> set[str]:
    source = f"source {script}; complete -C {line!r}"
    return {said.split("\t")[0] for said in _said(["fish", "--no-config", "-c", source], environment, folder)}


def _said(command: list[str], environment: dict[str, str], folder: Path) -> set[str]:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return {said.strip() for said in done.stdout.splitlines() if said.strip()}


def _ask_zsh(script: Path, line: str, environment: dict[str, str], folder: Path) -> set[str]:
    """Type the line and a tab at a pseudo-terminal; zsh completes nowhere else."""
    child, leader = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
    termios.tcsetwinsize(leader, (50, 300))
    try:
        for typed in (
            "PROMPT='> ' LISTMAX=9999; unsetopt automenu zle_bracketed_paste; bindkey '^I' list-choices\r",
            f"autoload -U compinit; compinit -u -d {folder}/dump; source {script}; echo rea''dy\r",
        ):
            os.write(leader, typed.encode())
        _read_until(leader, "ready\r\n")
        os.write(leader, f"{line}\t".encode())
        return set(_read_quiet(leader).split())
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(leader)


def _read_until(leader: int, end: str) -> None:
    text = ""
    while end not in text:
        text += os.read(leader, 10_000).decode(errors="replace")


def _read_quiet(leader: int) -> str:
    """Read until nothing more came for two seconds."""
    text, waits = "", time.monotonic() + 20
    while select.select([leader], [], [], 2)[0] and time.monotonic() < waits:
        text += os.read(leader, 10_000).decode(errors="replace")
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[()]", " ", text)


def test_a_command_is_completed(ask: Ask):
    assert set(commands()) <= ask("coursekit ")
    assert {"restore", "rate", "replay", "report"} <= ask("coursekit re") | ask("coursekit ra")


def test_the_options_of_a_command_are_completed_and_no_others(ask: Ask):
    found = ask("coursekit lab run bowl --")

    assert {"--set", "--backend", "--seed", "--json", "--course", "--help"} <= found
    assert not found & {"--exam", "--cram", "--version"}


def test_words_of_which_there_are_few_are_completed(ask: Ask):
    assert {"run", "grade", "way", "start", "watch"} <= ask("coursekit lab ")
    assert {"numpy", "tensorflow"} <= ask("coursekit lab run bowl --backend ")


def test_labs_and_questions_of_the_course_are_completed(ask: Ask):
    assert "bowl" in ask("coursekit lab run ")
    assert {"pick-one", "pick-many"} <= ask("coursekit ask claim pick-")


def test_the_course_that_is_named_on_the_line_is_asked(ask: Ask, course_folder: Path):
    (course_folder / "labs" / "bowl").rename(course_folder / "labs" / "dish")

    assert "dish" in ask(f"coursekit --course {course_folder} lab run ")


def test_files_and_folders_are_completed(ask: Ask):
    assert "notes.txt" in ask("coursekit replay ")
    folders = {name.rstrip("/") for name in ask("coursekit --course ")}
    assert "labs.d" in folders
    assert "notes.txt" not in folders


def test_a_script_is_for_one_shell_or_names_are_asked_for(run: Run):
    done = run("completion")

    assert (done.status, done.out) == (2, "")
    assert done.err == "coursekit: Say whose script: bash, zsh, fish. See 'coursekit completion --help'.\n"


@pytest.mark.parametrize(
    ("of", "name"),
    [
        ("questions", "pick-one"),
        ("labs", "bowl"),
        ("codes", "no-key"),
        ("kinds", "numeric"),
        ("settings", "retention"),
        ("commands", "lab"),
    ],
)
def test_names_are_printed_one_a_line(run: Run, shared_course: Path, tmp_path: Path, of: str, name: str):
    done = run("completion", "--names", of, course=shared_course, home=tmp_path)

    assert (done.status, done.err) == (0, "")
    assert name in done.out.splitlines()
