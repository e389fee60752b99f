"""One form for all commands: their help, their errors, their JSON. A command that is new is held to it at once."""

import re
import shlex
from argparse import Action
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coursekit.cli._command_table import arguments
from coursekit.cli._parser import GROUPS, command, commands, grouped, root_parser

Run = Callable[..., Any]

VALUES = {
    *("CODE", "COLUMN", "COMMAND", "DAY", "DAYS", "DIR", "EXAM", "FIELD=VALUE", "FILE", "ID", "KIND", "KNOB=VALUE"),
    *(
        "LAB",
        "LESSON",
        "N",
        "NAME",
        "PATH",
        "PATH|ID",
        "PROFILE",
        "RATING",
        "SETTING",
        "TEXT",
        "TITLE",
        "TOPIC",
        "VALUE",
    ),
    *("WORD",),
}
"""The words that stand for a value: the same word for the same thing, and none besides."""


def told(name: str) -> list[Action]:
    return arguments(command(name)[1])


def examples(name: str) -> Iterator[list[str]]:
    """Yield the words of each call of coursekit in a command's examples."""
    lines = re.search(r"^examples:\n((?:  .*\n)+)", f"{command(name)[0].__doc__}\n", re.MULTILINE)
    assert lines
    for line in lines[1].splitlines():
        code = re.split(r" {3,}", line.strip())[0]  # a word on it may stand behind
        words = shlex.shlex(code, posix=True, punctuation_chars="|;<>()")
        words.whitespace_split = True
        call: list[str] = []
        for word in [*words, ";"]:
            if set(word) <= set("|;<>()"):
                if "coursekit" in call:
                    yield call[call.index("coursekit") + 1 :]
                call = []
            else:
                call.append(word)


@pytest.mark.parametrize("name", commands())
def test_a_command_says_for_whom_it_is(name: str):
    group = next(group for group, found in grouped().items() if name in found)

    assert group in GROUPS
    assert getattr(command(name)[0], "GROUP", None) == group


@pytest.mark.parametrize("name", commands())
def test_help_has_one_form(name: str):
    doc = command(name)[0].__doc__ or ""

    assert re.match(r"[A-Z][^\n]*\.\n", doc)
    assert all(len(line) <= 120 for line in doc.splitlines())
    if name not in ("train",):  # which says what Ctrl-C comes to as well
        assert set(re.findall(r"Exit status[^\n]*?: ", doc)) <= {"Exit status: ", "Exit status with --plain: "}


@pytest.mark.parametrize("name", commands())
def test_each_argument_is_explained_in_one_form(name: str):
    for action in told(name):
        says, value = action.help or "", action.metavar or action.dest.upper()

        assert says, action
        assert not says.endswith("."), says
        assert says[0].islower() or says.split()[0] in ("FSRS's", "TensorFlow"), says
        assert action.choices or action.nargs == 0 or value in VALUES, value


@pytest.mark.parametrize("name", commands())
def test_an_option_means_the_same_everywhere(name: str):
    shared = {
        "--json": "one JSON object|the same as --format json",
        "--out": "where |the (page|zip)",
        "--force": "replace",
    }

    for action in told(name):
        for spelling, begins in shared.items():
            if spelling in action.option_strings:
                assert re.match(begins, action.help or ""), action.help


@pytest.mark.parametrize("name", commands())
def test_the_examples_of_the_help_can_be_read(name: str):
    for words in examples(name):
        root = root_parser().parse_args(words)
        assert not root.command or command(root.command)[1].parse_args(root.rest)


@pytest.mark.parametrize("name", commands())
def test_an_unknown_option_is_told_in_one_line(capsys: pytest.CaptureFixture[str], name: str):
    from coursekit.cli.main import main

    status = main([name, "--xyzzy"])

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert re.fullmatch(rf"coursekit: [A-Z].*\. See 'coursekit {name} --help'\.\n", err)


UNKNOWN = {
    "question": [("ask", "xyzzy"), ("aside", "xyzzy", "--bury"), ("note", "xyzzy"), ("flag", "xyzzy", "Wrong.")],
    "lab": [("lab", "run", "xyzzy"), ("lab", "grade", "xyzzy"), ("lab", "way", "xyzzy"), ("runs", "xyzzy")],
    "exam": [("exam", "xyzzy"), ("certificate", "xyzzy")],
}


@pytest.mark.parametrize(("what", "words"), [(what, words) for what, calls in UNKNOWN.items() for words in calls])
def test_an_unknown_name_is_told_with_what_there_is(
    capsys: pytest.CaptureFixture[str], shared_course: Path, tmp_path: Path, what: str, words: tuple[str, ...]
):
    from coursekit.cli.main import main

    status = main(["--plain", "--course", str(shared_course), "--home", str(tmp_path), *words])

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert re.fullmatch(
        rf"coursekit: The course has no {what} 'xyzzy'\. (There are: |It has |See 'coursekit list ).+\.\n", err
    )


NEEDS_A_COURSE = [
    *("adopt", "aside", "ask", "build", "certificate", "check", "exam", "find word", "flag", "fmt", "lab run bowl"),
    *("list labs", "lock", "new topic T", "note", "plan", "preview", "progress", "rate pick-one good", "report"),
    *("reschedule", "review", "runs bowl", "settings", "export --notes"),
]


@pytest.mark.parametrize("line", NEEDS_A_COURSE)
def test_a_course_that_is_missing_is_told_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str):
    from coursekit.cli.main import main

    status = main(["--plain", "--course", str(tmp_path / "none"), "--home", str(tmp_path), *line.split()])

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err == (
        f"coursekit: {tmp_path}/none is no course: it does not exist. A course is a folder with content/ and labs/.\n"
    )


JSON = [
    *(
        "adopt",
        "aside",
        "backup",
        "build --out {folder}/a.zip",
        "check",
        "check --grading",
        "course list",
        "doc",
        "doc numeric",
    ),
    *(
        "doctor",
        "exam",
        "explain",
        "find noise",
        "flag",
        "help commands",
        "help keys",
        "lab grade bowl",
        "lab run bowl",
    ),
    *("lab way bowl", "list labs", "list questions", "list topics", "lock", "note", "plan", "plan --exam {soon}"),
    *(
        "profiles",
        "progress",
        "runs bowl",
        "settings",
        "train --model quadratic --optimizer sgd --learning-rate 1 --steps 5",
    ),
]
FREE = {"config", "settings", "options", "same", "cells", "versions"}
"""Records whose names are the content's, not ours."""


@pytest.fixture(scope="module")
def lived_in(run: Run, shared_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which there is something of everything."""
    home = tmp_path_factory.mktemp("lived-in")
    for words in ("ask claim --plain", "lab run bowl", "note claim Yes.", "flag claim No.", "aside pick-one --bury"):
        assert run(*words.split(), course=shared_course, home=home, typed="2\n").status in (0, 1)
    return home


@pytest.mark.parametrize("line", JSON)
def test_json_has_one_shape(run: Run, shared_course: Path, lived_in: Path, tmp_path: Path, line: str):
    soon = datetime.now().date() + timedelta(days=30)

    done = run(*line.format(folder=tmp_path, soon=soon).split(), "--json", course=shared_course, home=lived_in)

    assert done.status in (0, 1), done.err
    for record in done.records:
        assert next(iter(record)) == "type", record
        assert list(odd(record)) == []


def test_every_command_with_json_is_in_the_table():
    has_json = {name for name in commands() if any(action.dest == "json" for action in told(name))}

    written = {line.split()[0] for line in JSON}
    assert has_json | {"check"} == written | {"restore", "replay", "verify"}  # which need a file, and have their tests


def odd(value: Any, name: str = "") -> Iterator[str]:
    """Yield each name that is not small letters and underscores, and each time that has no zone."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if not re.fullmatch(r"[a-z][a-z0-9_]*", key) and name not in FREE:
                yield key
            yield from odd(entry, key if name not in FREE else name)
    elif isinstance(value, list):
        for entry in value:
            yield from odd(entry, name)
    elif isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value) and not datetime.fromisoformat(value).tzinfo:
        yield f"{name}: {value}"
