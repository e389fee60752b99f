"""Find questions, labs and your own notes by words; typing errors are forgiven.

examples:
  coursekit find learning rate
  coursekit find momentun --json

Exit status: 0 when something was found, 1 when nothing was.
"""

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from shutil import get_terminal_size
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_home_if_any, the_store
from coursekit.cli._json import print_json
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.search.course import NOTE, index_all
from coursekit.search.index import Hit
from coursekit.search.words import words
from coursekit.store.place import exists

GROUP = "learner"

_MOST = 20
_NAMED = {"question": "id", "lab": "name", NOTE: "question"}
"""What a record calls the name of each kind, as in 'list' and 'note'."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what is looked for."""
    parser.add_argument("words", nargs="+", metavar="WORD", help="what to look for; a word may be begun or mistyped")
    parser.add_argument("--most", type=int, default=_MOST, metavar="N", help=f"how many to show ({_MOST})")
    parser.add_argument("--marked", action="store_true", help="only what you have bookmarked")
    parser.add_argument("--json", action="store_true", help="one JSON object per thing that was found")


def run(given: Namespace) -> int:
    """Print what was found, the best first."""
    query = " ".join(given.words)
    if not words(query):
        raise UsageError(f"'{query}' has no letter and no digit to look for. Give a word, for example 'momentum'.")
    if given.most < 1:
        raise UsageError("--most takes a whole number from 1 on.")
    course = the_course(given)
    notes, marked = _own(given, course)
    index = index_all(course, notes)
    hits = index.find(query, len(index.entries) if given.marked else given.most)
    if given.marked:
        hits = tuple(hit for hit in hits if hit.entry.name in marked)[: given.most]
    for hit in hits:
        print_json(_row(hit, marked)) if given.json else print(_line(hit, marked))
    if not (hits or given.json):
        among = "what you have bookmarked" if given.marked else "the questions, the labs and your notes"
        print(clean(f"Nothing among {among} is like '{query}'. Try fewer words, or another."))
    return 0 if hits else 1


def _own(given: Namespace, course: Course) -> tuple[dict[str, str], frozenset[str]]:
    """Read notes and bookmarks; a learner without a record has none, and none is begun for a search."""
    home = the_home_if_any(given)
    if home is None or not exists(home):
        return {}, frozenset()
    with closing(the_store(given, course)) as store:
        say_notice(store)
        return store.notes.all(), store.notes.marked()


def _row(hit: Hit, marked: frozenset[str]) -> dict[str, Any]:
    entry = hit.entry
    row: dict[str, Any] = {"type": entry.kind, _NAMED[entry.kind]: entry.name, "title": entry.title}
    row["topic"] = entry.place or None
    if entry.kind == NOTE:
        row["note"] = entry.says
    return row | {"score": round(hit.score, 3), "marked": entry.name in marked}


def _line(hit: Hit, marked: frozenset[str]) -> str:
    entry = hit.entry
    said = " ".join(entry.says.split()) if entry.kind == NOTE else entry.title
    line = f"{entry.kind:8}  {entry.name:28}  {'★ ' if entry.name in marked else ''}{said}"
    return clean(line)[: get_terminal_size().columns] if sys.stdout.isatty() else clean(line)
