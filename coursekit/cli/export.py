"""Write out what your record holds: reviews for FSRS's optimizer, flags for the author, your notes.

examples:
  coursekit export --review-log --out reviews.json
  coursekit export --review-log --csv --out reviews.csv
  coursekit export --flags
  coursekit export --notes

Reviews: JSON is a list that py-fsrs's ReviewLog.from_dict reads one by one, CSV is fsrs-optimizer's; a card's number is
the place of its question among those you began. Flags and notes are JSON lists.
"""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from coursekit.cli._context import say_notice, the_course, the_store
from coursekit.cli._writing import write_out
from coursekit.course import Course
from coursekit.errors import ContentError, UsageError
from coursekit.store.asides import Flag
from coursekit.store.store import Store
from coursekit.study.review_log import as_csv, as_json, looks

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what is written, in which form, and where to."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--review-log", action="store_true", help="every review, as FSRS's optimizer reads it")
    what.add_argument("--flags", action="store_true", help="what you said is wrong with questions, for their author")
    what.add_argument("--notes", action="store_true", help="your notes")
    parser.add_argument("--csv", action="store_true", help="reviews as CSV; default: JSON, or by the file's ending")
    parser.add_argument("--out", metavar="FILE", help="where it goes; default: standard output")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(given: Namespace) -> int:
    """Read it and write it."""
    if given.csv and not given.review_log:
        raise UsageError("--csv goes with --review-log alone. Flags and notes are JSON.")
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        text = _text(given, course, store)
    write_out(text, given.out, force=given.force)
    return 0


def _text(given: Namespace, course: Course, store: Store) -> str:
    if given.review_log:
        is_csv = given.csv or (given.out or "").lower().endswith(".csv")
        return (as_csv if is_csv else as_json)(looks(store))
    records = _flags(course, store) if given.flags else _notes(course, store)
    return json.dumps(list(records), indent=1, ensure_ascii=False) + "\n"


def _flags(course: Course, store: Store) -> Iterator[dict[str, Any]]:
    for flag in store.asides.flags():
        words = {"seed": flag.seed, "says": flag.says, "at": flag.at.isoformat(), "fingerprint": flag.fingerprint}
        yield _place(course, flag.question) | words | {"is_current": _is_current(course, flag)}


def _notes(course: Course, store: Store) -> Iterator[dict[str, Any]]:
    for question, note in store.notes.all().items():
        yield _place(course, question) | {"note": note}


def _place(course: Course, name: str) -> dict[str, Any]:
    """Say which question it is and where it stands; null for one that the course no longer has."""
    topic = course.topic_of.get(name)
    entry = topic.entries[name] if topic else None
    path = topic.file.relative_to(course.folder).as_posix() if topic else None
    return {"question": name, "title": entry and entry.title, "path": path, "line": entry and entry.line}


def _is_current(course: Course, flag: Flag) -> bool:
    """Say whether the question still is what it was when it was flagged."""
    try:
        return (
            flag.question in course.topic_of
            and course.question(flag.question, flag.seed).fingerprint == flag.fingerprint
        )
    except ContentError:
        return False
