"""Copy your record to a file, and check the copy.

Everything is in it, of all courses. It may be made while the app is open, and never takes the place of another file.

examples:
  coursekit backup
  coursekit backup --out ~/usb/record.sqlite3
  coursekit backup --json

Exit status: 0 when the copy is whole, 2 when there is nothing to copy or no place for it.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import the_home, utc_now
from coursekit.cli._json import print_json
from coursekit.words import count

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say where to."""
    parser.add_argument("--out", metavar="FILE", help="where to; default: 'backups' in your record's folder")
    parser.add_argument("--json", action="store_true", help="one JSON object: path, version, bytes, attempts")


def run(given: Namespace) -> int:
    """Copy, and say where to."""
    from coursekit.store.backups import back_up

    made = back_up(the_home(given), the_file(given.out) if given.out else None, utc_now())
    if given.json:
        told = {"version": made.version, "bytes": made.bytes, "attempts": made.attempts}
        print_json({"type": "backup", "path": str(made.path), **told})
    else:
        print(clean(f"{count(made.attempts, 'attempt')} kept in {made.path}"))
        print(clean(f"'coursekit restore {made.path}' brings them back."))
    return 0


def the_file(name: str) -> Path:
    """Return a path that was typed, from the root."""
    return Path(os.path.expanduser(name)).absolute()
