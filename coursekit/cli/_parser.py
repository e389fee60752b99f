"""The command line's grammar: global options, then a command, which is a file of this folder."""

import os
import re
from argparse import REMAINDER, Action, ArgumentParser, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, final

from coursekit import __version__
from coursekit.errors import UsageError, nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

GROUPS = {
    "learner": "for a learner, to study",
    "self-grader": "for a self-grader, to do labs",
    "instructor": "for an instructor, to write and prove a course",
    "machine": "for your record and this machine",
}
"""Whom a command is for, as its file says in `GROUP`, and the words above those commands."""

_FOLDER = os.path.dirname(__file__)  # pathlib costs --help 3 ms
_EPILOG = """\
examples:
  coursekit                            study in the terminal
  coursekit ask sgd-role --plain       one question, line by line
  coursekit lab run learning-rate --set learning_rate=0.5

'coursekit COMMAND --help' tells more of each."""


@final
class Parser(ArgumentParser):
    """An argument parser whose errors are ours: one line, what is wrong and where to look."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}. {self._meant(message)}See '{self.prog} --help'.")

    def _meant(self, message: str) -> str:
        """Name the option that was surely meant by one that there is not."""
        typed = re.fullmatch(r"unrecognized arguments: (--[a-z-]+).*", message)
        known = tuple(dict.fromkeys(re.findall(r"--[a-z-]+", self.format_help())))
        meant = nearest(typed[1], known) if typed else None
        return f"Did you mean '{meant}'? " if meant else ""


def run_command(argv: list[str]) -> int:
    """Run the command that is named, or open the app; return the exit status. Raises UsageError."""
    given = root_parser().parse_args(argv)
    if given.command is None:
        return import_module("coursekit.cli._app").run(given)
    module, parser = command(given.command)
    whole = Namespace(course=given.course, home=given.home, profile=given.profile, plain=given.plain)
    return module.run(parser.parse_args(given.rest, whole))


def command(name: str) -> "tuple[ModuleType, Parser]":
    """Import a command's file; return it with what reads its words. Raises UsageError."""
    if name not in commands():
        raise UsageError(f"There is no command '{name}'. {suggest(name, commands())}")
    module = import_module(f"coursekit.cli.{name}")
    parser = Parser(
        prog=f"coursekit {name}",
        description=module.__doc__,
        formatter_class=_formatter,
        conflict_handler="resolve",  # a command may say more of what --plain does
    )
    _add_global(parser.add_argument_group("everywhere").add_argument)
    module.add_arguments(parser)
    return module, parser


def commands() -> tuple[str, ...]:
    """List the commands by their files, importing none."""
    stems = [name.removesuffix(".py") for name in os.listdir(_FOLDER) if name.endswith(".py")]
    return tuple(sorted(stem for stem in stems if stem != "main" and not stem.startswith("_")))


def grouped() -> dict[str, dict[str, str]]:
    """Return for each group its commands with what they do; those that say no group are under ''."""
    found: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    for name in commands():
        group, first_line = _about(name)
        found.setdefault(group, {})[name] = first_line
    return found


def root_parser() -> Parser:
    """Return what reads the words before a command, and the command."""
    parser = Parser(
        prog="coursekit",
        usage="coursekit [--course DIR] [--home DIR] [--profile PROFILE] [--plain] [COMMAND ...]",
        description=f"A course in the terminal: predict, run a real training, explain.\n\n{_summary()}",
        epilog=_EPILOG,
        formatter_class=_formatter,
    )
    _add_global(parser.add_argument)
    parser.set_defaults(course=None, home=None, profile=None, plain=False)
    parser.add_argument("--version", action="version", version=f"coursekit {__version__}")
    parser.add_argument("command", nargs="?", help="one of the commands above; none opens the app")
    parser.add_argument("rest", nargs=REMAINDER, help="what the command takes")
    return parser


def _formatter(prog: str) -> HelpFormatter:
    """Lay help out as wide as the terminal; left to itself argparse imports 3 ms of shutil to ask how wide."""
    try:
        return RawDescriptionHelpFormatter(prog, width=os.get_terminal_size().columns - 2)
    except OSError:
        return RawDescriptionHelpFormatter(prog, width=78)


def _add_global(add: "Callable[..., Action]") -> None:
    suppressed = "==SUPPRESS=="
    add("--course", metavar="DIR", default=suppressed, help="a course's folder ($COURSEKIT_COURSE)")
    add("--home", metavar="DIR", default=suppressed, help="your record's folder ($COURSEKIT_HOME)")
    add(
        "--profile", metavar="PROFILE", default=suppressed, help="a record of its own, by its name ($COURSEKIT_PROFILE)"
    )
    add("--plain", action="store_true", default=suppressed, help="line by line, without a screen")


def _summary() -> str:
    groups = ((GROUPS.get(group, "more"), found) for group, found in grouped().items() if found)
    blocks = ([f"{title}:", *map(_row, found.items())] for title, found in groups)
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _row(row: tuple[str, str]) -> str:
    return f"  {row[0]:11} {row[1]}"


def _about(name: str) -> tuple[str, str]:
    """Read a command's group and its first line from its file, which is not imported."""
    with open(f"{_FOLDER}/{name}.py", "rb", buffering=0) as source:  # half the time of text
        text = source.read()
    group = text.partition(b'\nGROUP = "')[2].partition(b'"')[0]
    return group.decode(), text.partition(b"\n")[0].strip(b'"\r').decode()
