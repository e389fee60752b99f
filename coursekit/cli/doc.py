"""Tell what an author can write: the kinds of question, their fields, and the front matter of each file.

examples:
  coursekit doc
  coursekit doc numeric
  coursekit doc lab
  coursekit doc exam
  coursekit doc numeric --json
"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from coursekit.authoring.reference import Reference, Row, names, reference, summaries
from coursekit.cli._json import print_json
from coursekit.errors import UsageError, suggest


def add_arguments(parser: ArgumentParser) -> None:
    """Say of what to tell."""
    parser.add_argument("of", nargs="?", metavar="KIND", help="a kind of question, or topic, course, lab or exam")
    parser.add_argument("--json", action="store_true", help="one JSON object per entry")


def run(given: Namespace) -> int:
    """Print the list, or one reference."""
    if given.of is None:
        _print_list(as_json=given.json)
        return 0
    if given.of not in names():
        raise UsageError(f"There is no reference of '{given.of}'. {suggest(given.of, names())}")
    found = reference(given.of)
    if given.json:
        print_json(asdict(found))
    else:
        _print(found)
    return 0


def _print_list(*, as_json: bool) -> None:
    for name, summary in summaries().items():
        if as_json:
            print_json({"name": name, "summary": summary})
        else:
            print(f"{name:16} {summary}")


def _print(found: Reference) -> None:
    print(f"{found.name}: {found.summary}")
    if found.remarks:
        print(f"\n{found.remarks}")
    print("\nfields (* must be there):")
    for row in found.rows:
        print(_line(row))
    print(f"\nexample:\n\n{found.example}", end="")


def _line(row: Row) -> str:
    words = f" {' | '.join(row.words)}." if len(row.words) > 1 else ""
    default = f" Default: {row.default}." if row.default is not None else ""
    star = "*" if row.is_required else ""
    return f"  {row.name + star:16} {row.type:17} {row.text}{words}{default}".rstrip()
