"""Read the command line, run one command, turn an error into one line and a status.

Nothing heavy is imported here: `coursekit --help` reads the first line of each command's file.
"""

import os
import sys
from argparse import REMAINDER, ArgumentParser, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn, final

from coursekit import __version__
from coursekit.errors import CoursekitError, UsageError, suggest

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


def main(argv: list[str] | None = None) -> int:
    """Run coursekit; return its exit status: 0 done, 1 findings or goals not met, 2 wrong usage or input."""
    _open_streams()
    try:
        try:
            return _run(sys.argv[1:] if argv is None else argv)
        finally:
            sys.stdout.flush()
    except CoursekitError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _close_output()
        return 0
    except OSError as error:
        _close_output()
        return _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))


def _open_streams() -> None:
    """Give a stream that the caller closed a place to go, and let no odd character end a session."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  open to the end
        if isinstance(stream := getattr(sys, name), TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_output() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> int:
    """Say what is wrong in one line; a line break or an escape sequence in it is shown, not obeyed."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    print(f"coursekit: {shown}", file=sys.stderr)
    return 2


def commands() -> tuple[str, ...]:
    """List the commands by their files, importing none."""
    stems = [name.removesuffix(".py") for name in os.listdir(_FOLDER) if name.endswith(".py")]
    return tuple(sorted(stem for stem in stems if stem != "main" and not stem.startswith("_")))


def _run(argv: list[str]) -> int:
    if not argv:  # a parser takes 3 ms of the first frame
        return import_module("coursekit.cli._app").run(Namespace(course=None, home=None, plain=False))
    root = _root()
    given = root.parse_args(argv)
    if given.command is None:
        return import_module("coursekit.cli._app").run(given)
    if given.command not in commands():
        raise UsageError(f"There is no command '{given.command}'. {suggest(given.command, commands())}")
    module = import_module(f"coursekit.cli.{given.command}")
    parser = Parser(
        prog=f"coursekit {given.command}",
        description=module.__doc__,
        formatter_class=_formatter,
    )
    _add_global(parser)
    module.add_arguments(parser)
    return module.run(parser.parse_args(given.rest, Namespace(course=given.course, home=given.home, plain=given.plain)))


def _root() -> Parser:
    parser = Parser(
        prog="coursekit",
        usage="coursekit [--course DIR] [--home DIR] [--plain] [COMMAND ...]",
        description=f"A course in the terminal: predict, run a real training, explain.\n\ncommands:\n{_summary()}",
        epilog=_EPILOG,
        formatter_class=_formatter,
    )
    _add_global(parser)
    parser.set_defaults(course=None, home=None)
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


def _summary() -> str:
    return "\n".join(f"  {name:10} {_first_line(name)}" for name in commands())


def _first_line(name: str) -> str:
    with open(f"{_FOLDER}/{name}.py", encoding="utf-8") as source:
        return source.readline().strip().strip('"')
