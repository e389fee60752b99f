"""Take a confirmed full-mark response into the course as another model response.

Without a number it lists the responses to free-text questions whose full mark was confirmed. With one it writes that
response into the topic file, at the end of the question's model responses.

examples:
  coursekit adopt
  coursekit adopt 12
  coursekit adopt --json
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from itertools import groupby
from textwrap import fill

from coursekit.adoption import Adopted, Candidate, adopt, candidates
from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store
from coursekit.cli._json import print_json
from coursekit.course import Course
from coursekit.words import count

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be adopted."""
    parser.add_argument("attempt", nargs="?", type=int, metavar="N", help="the attempt, as the list numbers it")
    parser.add_argument("--json", action="store_true", help="one JSON object per response")


def run(given: Namespace) -> int:
    """List what can be adopted, or adopt one."""
    course = the_course(given)
    store = the_store(given, course)
    say_notice(store)
    try:
        if given.attempt is None:
            _print_list(course, candidates(course, store), as_json=given.json)
        else:
            _print_adopted(adopt(course, store, given.attempt), as_json=given.json)
    finally:
        store.close()
    return 0


def _print_list(course: Course, found: Sequence[Candidate], *, as_json: bool) -> None:
    if not found:
        print("No response to a free-text question has a confirmed full mark yet.", file=sys.stderr)
    if as_json:
        for each in found:
            print_json(_record(each))
        return
    for question, group in groupby(found, key=lambda each: each.attempt.question):
        print(clean(f"{question}: {course.topic_of[question].entries[question].title}"))
        for each in group:
            print(clean(_shown(each)))


def _record(found: Candidate) -> dict[str, object]:
    attempt = found.attempt
    return {
        "type": "response",
        "question": attempt.question,
        "attempt": attempt.id,
        "at": attempt.finished.isoformat(),
        "text": found.text,
        "obstacle": found.obstacle or None,
    }


def _shown(found: Candidate) -> str:
    size = count(len(found.text.split()), "word")
    note = f". {found.obstacle}" if found.obstacle else ""
    text = fill(found.text, 78, initial_indent=" " * 8, subsequent_indent=" " * 8)
    return f"{found.attempt.id:>6}  {found.attempt.finished:%Y-%m-%d}, {size}{note}\n{text}"


def _print_adopted(done: Adopted, *, as_json: bool) -> None:
    if as_json:
        names = ("question", "attempt", "path", "line", "count")
        print_json({"type": "adopted"} | {name: getattr(done, name) for name in names})
    else:
        models = count(done.count, "model response")
        print(f"{clean(done.path)}:{done.line}: Attempt {done.attempt} written; '{done.question}' has {models} now.")
