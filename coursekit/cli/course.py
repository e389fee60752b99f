"""Add, list or remove installed courses.

examples:
  coursekit course add deep-learning.zip
  coursekit course add my-course --replace
  coursekit course list
  coursekit course remove deep-learning

A course is a folder or a zip with content/ and labs/, or a Python package with an entry point in 'coursekit.courses'.
Its id then opens it: coursekit --course deep-learning. Nothing of a course runs when it is read.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import the_home, the_home_if_any
from coursekit.cli._json import print_json
from coursekit.cli._left_out import say_left_out
from coursekit.course import open_course
from coursekit.errors import CoursekitError, UsageError
from coursekit.packs.installed import Added, Installed, add_course, installed, remove_course
from coursekit.words import count

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be done with which course."""
    parser.add_argument("action", choices=("add", "list", "remove"), help="what to do")
    parser.add_argument("what", nargs="?", metavar="PATH|ID", help="add: a folder or a zip; remove: an installed id")
    parser.add_argument("--replace", action="store_true", help="add: put it in the place of the one with the same id")
    parser.add_argument("--json", action="store_true", help="one JSON object per course")


def run(given: Namespace) -> int:
    """Do it, and say what came of it."""
    if (given.what is None) != (given.action == "list"):
        wanted = {"add": "a PATH", "list": "nothing more", "remove": "an ID"}[given.action]
        raise UsageError(f"'course {given.action}' takes {wanted}. See 'coursekit course --help'.")
    if given.replace and given.action != "add":
        raise UsageError("--replace goes with 'course add' alone.")
    {"add": _add, "list": _list, "remove": _remove}[given.action](given)
    return 0


def _add(given: Namespace) -> None:
    source = Path(os.path.expanduser(given.what))  # pathlib's raises for an unknown user
    added = add_course(the_home(given), source, replace=given.replace)
    say_left_out(added.left_out)
    course = added.course
    if given.json:
        print_json(
            {**_counted(course.id, course.folder), "from": os.path.abspath(source), "replaced": added.was_replaced}
        )
    else:
        print(clean(_said(added)))
    for problem in course.problems:
        print(clean(f"coursekit: {problem}"), file=sys.stderr)


def _said(added: Added) -> str:
    course = added.course
    many = count(len(course.topic_of), "question")
    verb = "Replaced" if added.was_replaced else "Added"
    return f"{verb} '{course.id}': {course.title}, {many}. Open it with: coursekit --course {course.id}"


def _list(given: Namespace) -> None:
    rows = list(_rows(the_home_if_any(given)))
    if given.json:
        for row in rows:
            print_json(row)
    elif rows:
        _print_table(rows)
    else:
        print("No course is installed. Add one: coursekit course add PATH")


def _rows(home: Path | None) -> Iterator[dict[str, Any]]:
    for one in installed(home):
        yield {**_counted(one.id, one.folder), "from": one.origin, "package": one.is_package}


def _counted(name: str, folder: Path) -> dict[str, Any]:
    """Say what a course has; one that cannot be opened any more says why."""
    try:
        course = open_course(folder)
    except CoursekitError as error:
        return {"type": "course", "id": name, "title": None, "questions": 0, "problem": str(error)}
    return {"type": "course", "id": name, "title": course.title, "questions": len(course.topic_of), "problem": None}


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console  # 40 ms, so only for a person
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("id", "title", "questions", "from"):
        table.add_column(heading, no_wrap=heading == "id")
    for row in rows:
        origin = f"package {row['from']}" if row["package"] else row["from"]
        cells = (row["id"], row["title"] or row["problem"], str(row["questions"]), origin)
        table.add_row(*(Text(clean(cell)) for cell in cells))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _remove(given: Namespace) -> None:
    home = the_home(given)
    gone: Installed = remove_course(home, given.what)
    if given.json:
        print_json({"type": "course", "id": gone.id, "from": gone.origin, "removed": True})
    else:
        print(f"Removed '{gone.id}'. Your record of it stays in {clean(str(home))}, for when you add it again.")
