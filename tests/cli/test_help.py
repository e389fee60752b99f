import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit import __version__
from coursekit.cli._parser import commands

Run = Callable[..., Any]


def test_the_commands_are_those_of_the_contract():
    assert set(commands()) >= {"ask", "check", "doctor", "lab", "list", "progress"}


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help_with_an_example(run: Run, command: str):
    done = run(command, "--help")

    assert (done.status, done.err) == (0, "")
    assert re.search(rf"^examples:\n  coursekit {command}", done.out, re.MULTILINE)
    for option in ("--course DIR", "--home DIR", "--help"):
        assert option in done.out


def test_the_whole_has_help_that_names_each_command_once(run: Run):
    done = run("--help")

    assert (done.status, done.err) == (0, "")
    for command in commands():
        assert len(re.findall(rf"^  {command} +[A-Z].*[.]$", done.out, re.MULTILINE)) == 1
    assert "examples:\n  coursekit " in done.out


def test_help_needs_no_course_and_makes_no_home(run: Run, tmp_path: Path):
    done = run("list", "--help", course=tmp_path / "none", home=tmp_path / "home")

    assert done.status == 0
    assert not (tmp_path / "home").exists()


def test_the_version_is_one_line(run: Run):
    done = run("--version")

    assert (done.status, done.out, done.err) == (0, f"coursekit {__version__}\n", "")
