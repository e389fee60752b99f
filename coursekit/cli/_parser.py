"""The command line's grammar: global options, then a command, which is a file of this folder."""

import os
from argparse import REMAINDER, ArgumentParser, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from importlib import import_module
from typing import NoReturn, final

from coursekit import __version__
from coursekit.errors import UsageError, suggest

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
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See '{self.prog} --help'.")


def run_command(argv: list[str]) -> int:
    """Run the command that is named, or open the app; return the exit status. Raises UsageError."""
    given = _root().parse_args(argv)
    if given.command is None:
        return import_module("coursekit.cli._app").run(given)
    if given.command not in commands():
        raise UsageError(f"There is no command '{given.command}'. {suggest(given.command, commands())}")
    module = import_module(f"coursekit.cli.{given.command}")
    parser = Parser(prog=f"coursekit {given.command}", description=module.__doc__, formatter_class=_formatter)
    _add_global(parser)
    module.add_arguments(parser)
    whole = Namespace(course=given.course, home=given.home, profile=given.profile, plain=given.plain)
    return module.run(parser.parse_args(given.rest, whole))


def commands() -> tuple[str, ...]:
    """List the commands by their files, importing none."""
    stems = [name.removesuffix(".py") for name in os.listdir(_FOLDER) if name.endswith(".py")]
    return tuple(sorted(stem for stem in stems if stem != "main" and not stem.startswith("_")))


def _root() -> Parser:
    parser = Parser(
        prog="coursekit",
        usage="coursekit [--course DIR] [--home DIR] [--profile NAME] [--plain] [COMMAND ...]",
        description=f"A course in the terminal: predict, run a real training, explain.\n\ncommands:\n{_summary()}",
        epilog=_EPILOG,
        formatter_class=_formatter,
    )
    _add_global(parser)
    parser.set_defaults(course=None, home=None, profile=None)
    parser.add_argument("--plain", action="store_true", help="study line by line, without a screen")
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


def _add_global(parser: Parser) -> None:
    suppressed = "==SUPPRESS=="
    parser.add_argument("--course", metavar="DIR", default=suppressed, help="a course's folder ($COURSEKIT_COURSE)")
    parser.add_argument("--home", metavar="DIR", default=suppressed, help="your record's folder ($COURSEKIT_HOME)")
    parser.add_argument(
        "--profile", metavar="NAME", default=suppressed, help="a record of its own, by its name ($COURSEKIT_PROFILE)"
    )


def _summary() -> str:
    return "\n".join(f"  {name:10} {_first_line(name)}" for name in commands())


def _first_line(name: str) -> str:
    with open(f"{_FOLDER}/{name}.py", encoding="utf-8") as source:
        return source.readline().strip().strip('"')
