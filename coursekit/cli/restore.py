"""Bring back your record from a copy; the one that is there is kept as a backup first.

A copy that is damaged, or that a newer coursekit wrote, is refused. Where the app is open, it goes on with the
restored record. 'coursekit doctor' lists the copies in your record's folder.

examples:
  coursekit restore ~/usb/record.sqlite3
  coursekit restore ~/usb/record.sqlite3 --json

Exit status: 0 when it is back, 2 when it is refused and your record is as it was.
"""

from argparse import ArgumentParser, Namespace

from coursekit.clean import clean
from coursekit.cli._context import the_home, utc_now
from coursekit.cli._json import print_json
from coursekit.cli.backup import the_file
from coursekit.words import count

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say from where."""
    parser.add_argument("file", metavar="FILE", help="a copy, as 'coursekit backup' makes it")
    parser.add_argument("--json", action="store_true", help="one JSON object: path, version, bytes, attempts, kept")


def run(given: Namespace) -> int:
    """Restore, and say what is there now and where the record before it is."""
    from coursekit.store.backups import restore

    done = restore(the_home(given), the_file(given.file), utc_now())
    record, kept = done.record, done.kept and str(done.kept)
    if given.json:
        told = {"version": record.version, "bytes": record.bytes, "attempts": record.attempts, "kept": kept}
        print_json({"type": "record", "path": str(record.path), **told})
        return 0
    print(clean(f"{count(record.attempts, 'attempt')} in {record.path}"))
    if kept:
        print(clean(f"The record before is kept as {kept}"))
    return 0
