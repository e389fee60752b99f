"""Look up what an author can write: kinds of question, front matter, and what a run is made of.

examples:
  coursekit doc
  coursekit doc numeric
  coursekit doc lab
  coursekit doc optimizer
  coursekit doc probe traces
  coursekit doc numeric --json
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from shutil import get_terminal_size
from textwrap import fill

from coursekit.authoring.reference import names, reference, summaries
from coursekit.authoring.row import Reference, Row
from coursekit.cli._json import print_json
from coursekit.errors import UsageError, suggest

GROUP = "instructor"

_FEW = 12
"""Words that may stand in a field and are all named."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say of what to tell."""
    parser.add_argument("of", nargs="?", metavar="KIND", help="what 'coursekit doc' lists: a kind, lab, exam, probe …")
    parser.add_argument("name", nargs="?", metavar="NAME", help="one model, data set, optimizer, schedule or probe")
    parser.add_argument("--json", action="store_true", help="one JSON object per entry")


def run(given: Namespace) -> int:
    """Print the list, or one reference."""
    if given.of is None:
        _print_list(as_json=given.json)
        return 0
    if given.of not in names():
        raise UsageError(f"There is no reference of '{given.of}'. {suggest(given.of, names())}")
    found = reference(given.of, given.name)
    if given.json:
        print_json({"type": "reference"} | asdict(found))
    else:
        print("\n".join(_lines(found)))
    return 0


def _print_list(*, as_json: bool) -> None:
    for name, summary in summaries().items():
        if as_json:
            print_json({"type": "reference", "name": name, "summary": summary})
        else:
            print(_wrapped(f"{name:16} {summary}", 17))


def _lines(found: Reference) -> Iterator[str]:
    yield _wrapped(f"{found.name}: {found.summary}", 0)
    if found.remarks:
        yield f"\n{found.remarks}"
    if found.rows:
        yield "\nfields (* must be there):"
        yield from _table(found.rows)
    for member in found.members:
        yield f"\n{_wrapped(f'{member.name}: {member.summary}', 0)}"
        yield from _table(member.rows)
    if found.members:
        yield f"\n'coursekit doc {found.name} NAME' tells more of one."
    yield f"\nexample:\n\n{found.example.rstrip()}"


def _table(rows: tuple[Row, ...]) -> Iterator[str]:
    """Name each field, and beside it what may stand there and what for."""
    width = max((len(row.name) for row in rows), default=0) + 1
    for row in rows:
        yield _wrapped(f"  {row.name + '*' * row.is_required:{width}}  {_said(row)}", width + 4)


def _said(row: Row) -> str:
    """Say what may stand in a field, what it is for, and what holds where it is left out."""
    named = row.words if len(row.words) <= _FEW else (*row.words[: _FEW // 2], f"{len(row.words) - _FEW // 2} more")
    words = f"{' | '.join(named)}." if len(row.words) > 1 else ""
    default = f"Default: {row.default}." if row.default is not None else ""
    return " ".join(part for part in (f"{row.type}.", row.text, words, default) if part)


def _wrapped(text: str, indent: int) -> str:
    width = max(60, min(get_terminal_size((100, 24)).columns, 120))
    return fill(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
