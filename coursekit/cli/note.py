"""Read or write your note on a question, or bookmark it.

examples:
  coursekit note                        every note and bookmark
  coursekit note sgd-role
  coursekit note sgd-role "The noise is the point."
  coursekit note sgd-role ""            takes the note away
  coursekit note sgd-role --mark
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.course import Course, nearest
from coursekit.errors import UsageError
from coursekit.store.store import Store

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say which question, and what to write."""
    parser.add_argument("id", nargs="?", metavar="ID", help="a question; none: all that have a note or a bookmark")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what to write in the place of the note before")
    parser.add_argument("--mark", action="store_true", help="bookmark the question")
    parser.add_argument("--unmark", action="store_true", help="take its bookmark away")
    parser.add_argument("--json", action="store_true", help="one JSON object per question")


def run(given: Namespace) -> int:
    """Keep what was given, then print what there is."""
    if given.mark and given.unmark:
        raise UsageError("--mark and --unmark do not go together.")
    if given.id is None and (given.mark or given.unmark):
        raise UsageError("Name a question to bookmark. See 'coursekit note --help'.")
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        if given.id is not None:
            _keep(given, course, store)
        rows = list(_rows(course, store, given.id))
    for row in rows:
        print_json(row) if given.json else print(clean(_said(row)))
    if not (rows or given.json):
        print("You have no notes and no bookmarks yet. Write one: coursekit note ID TEXT")
    return 0


def _keep(given: Namespace, course: Course, store: Store) -> None:
    if given.id not in course.topic_of and given.id not in store.notes.all():
        raise UsageError(f"The course has no question '{given.id}'. {nearest(given.id, tuple(course.topic_of))}")
    if given.text:  # also one that is empty, which takes the note away
        store.notes.write(given.id, " ".join(given.text).strip(), utc_now())
    if given.mark or given.unmark:
        store.notes.mark(given.id, utc_now(), is_set=given.mark)


def _rows(course: Course, store: Store, wanted: str | None) -> Iterator[dict[str, Any]]:
    """Tell of one question, or of all with a note or a bookmark, in the order of the course, those gone last."""
    notes, marked = store.notes.all(), store.notes.marked()
    kept = {*notes, *marked}
    every = [name for name in course.topic_of if name in kept] + sorted(kept.difference(course.topic_of))
    for name in every if wanted is None else [wanted]:
        topic = course.topic_of.get(name)
        title = topic.entries[name].title if topic else None
        yield {"type": "note", "question": name, "title": title, "note": notes.get(name, ""), "marked": name in marked}


def _said(row: dict[str, Any]) -> str:
    """Give a question in one line, its note below, indented."""
    head = f"{'★ ' if row['marked'] else ''}{row['question']}  {row['title'] or '(no longer in the course)'}"
    note = row["note"] or "(no note)"
    return "\n".join([head, *(f"    {line}" for line in note.splitlines())])
