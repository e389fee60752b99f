"""Tell what a command takes, or list every command or every key.

examples:
  coursekit help
  coursekit help lab
  coursekit help commands
  coursekit help keys
  coursekit help keys --markdown
"""

from argparse import ArgumentParser, Namespace

from coursekit.cli._json import print_json
from coursekit.cli._parser import command, commands, root_parser
from coursekit.errors import UsageError, suggest

GROUP = "machine"

_TABLES = ("commands", "keys")


def add_arguments(parser: ArgumentParser) -> None:
    """Say of what to tell."""
    parser.add_argument("of", nargs="?", metavar="COMMAND", help="a command, or 'commands' or 'keys' for all of them")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="commands or keys as a table for a page")
    form.add_argument("--json", action="store_true", help="one JSON object per command or per key")


def run(given: Namespace) -> int:
    """Print the help of one or of all, or a table."""
    if given.of in _TABLES:
        _print_table(given)
        return 0
    if given.markdown or given.json:
        raise UsageError("--markdown and --json go with 'coursekit help commands' and 'coursekit help keys'.")
    if given.of is None:
        root_parser().print_help()
        return 0
    if given.of not in commands():
        raise UsageError(f"There is no help on '{given.of}'. {suggest(given.of, (*commands(), *_TABLES))}")
    command(given.of)[1].print_help()
    return 0


def _print_table(given: Namespace) -> None:
    from coursekit.cli import _tables  # it loads every command, or every screen

    if given.json:
        for record in (_tables.command_records if given.of == "commands" else _tables.key_records)():
            print_json(record)
        return
    lines = _tables.command_lines if given.of == "commands" else _tables.key_lines
    for line in lines(as_markdown=given.markdown):
        print(line)
