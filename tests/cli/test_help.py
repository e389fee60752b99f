import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit import __version__
from coursekit.cli._parser import GROUPS, commands, grouped

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


def test_each_command_stands_below_those_it_is_for(run: Run):
    out = run("--help").out

    for group, title in GROUPS.items():
        block = out.partition(f"\n{title}:\n")[2].partition("\n\n")[0]
        assert [line.split()[0] for line in block.splitlines()] == list(grouped()[group])
    assert set(grouped()) == set(GROUPS)


@pytest.mark.parametrize(("words", "same"), [((), ("--help",)), (("lab",), ("lab", "--help"))])
def test_help_is_also_a_command(run: Run, words: tuple[str, ...], same: tuple[str, ...]):
    done = run("help", *words)

    assert (done.status, done.out) == (0, run(*same).out)


def test_help_lists_every_command_with_what_it_takes(run: Run):
    done, records = run("help", "commands"), run("help", "commands", "--json").records

    assert done.status == 0
    assert "\n  ask [ID ...] [--marked]\n      Ask " in done.out
    assert sorted(record["name"] for record in records) == list(commands())
    assert {record["group"] for record in records} == set(GROUPS)


def test_help_lists_every_key(run: Run):
    done, records = run("help", "keys"), run("help", "keys", "--json").records

    assert done.status == 0
    assert re.search(r"^Question\n(  .*\n)*  h +show a hint\n", done.out, re.MULTILINE)
    assert [(each["place"], each["keys"]) for each in records if "settings graded" in each["does"]] == [("Lab", ["g"])]


def test_help_on_what_there_is_not_says_what_there_is(run: Run):
    unknown, idle = run("help", "labs"), run("help", "lab", "--json")

    assert (unknown.status, unknown.out) == (2, "")
    assert "There is no help on 'labs'. Did you mean 'lab'?" in unknown.err
    assert (idle.status, idle.out) == (2, "")
    assert "go with 'coursekit help commands' and 'coursekit help keys'." in idle.err
