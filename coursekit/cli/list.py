"""List the course's questions, topics or labs.

examples:
  coursekit list questions
  coursekit list labs --json
"""

import gc
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from shutil import get_terminal_size
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.lab.code.definition import CodeLab, load_any_lab
from coursekit.lab.definition import Lab
from coursekit.lab.knobs import Knob
from coursekit.questions._question import Question

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be listed."""
    parser.add_argument("what", choices=("questions", "topics", "labs"), help="what to list")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(given: Namespace) -> int:
    """Print the list."""
    gc.disable()  # a tenth of the time for a large bank; what is read is kept to the end
    course = the_course(given)
    rows = {"questions": _questions, "topics": _topics, "labs": _labs}[given.what](course)
    if given.json:
        for row in rows:
            print_json(row)
    else:
        _print_table(list(rows))
    return 0


def _questions(course: Course) -> Iterator[dict[str, Any]]:
    for question in course.questions():
        if isinstance(question, ContentError):
            say_left_out(question)
        else:
            yield _question(question)
    for problem in course.problems:
        say_left_out(problem)


def _question(question: Question) -> dict[str, Any]:
    names = ("id", "kind", "title", "lesson", "topic", "objective", "tags", "points", "lab", "related")
    return {"type": "question"} | {name: getattr(question, name) for name in names}


def _topics(course: Course) -> Iterator[dict[str, Any]]:
    for topic in course.topics:
        yield {
            "type": "topic",
            "title": topic.title,
            "lesson": topic.lesson,
            "path": topic.path,
            "questions": len(topic.names),
            "question_ids": list(topic.names),
        }


def _labs(course: Course) -> Iterator[dict[str, Any]]:
    linked: dict[str, list[str]] = {}
    for question in course.questions():
        if isinstance(question, Question) and question.lab:
            linked.setdefault(question.lab, []).append(question.id)
    for name in course.lab_names():
        try:
            yield _lab(load_any_lab(course, name), linked.get(name, []))
        except ContentError as problem:
            say_left_out(problem)


def say_left_out(problem: ContentError) -> None:
    """Tell what the list does not show; one bad file does not hide the others."""
    print(f"coursekit: left out: {clean(str(problem))}", file=sys.stderr)


def _lab(lab: Lab | CodeLab, questions: list[str]) -> dict[str, Any]:
    about = _code(lab) if isinstance(lab, CodeLab) else _runs(lab)
    return {
        "type": "lab",
        "name": lab.name,
        "title": lab.title,
        "kind": lab.kind,
        **about,
        "points": lab.points,
        "questions": len(questions),
        "question_ids": questions,
    }


def _runs(lab: Lab) -> dict[str, Any]:
    return {"knobs": [_knob(knob) for knob in lab.knobs], "goals": [goal.to_json() for goal in lab.goals]}


def _code(lab: CodeLab) -> dict[str, Any]:
    return {"knobs": [], "goals": [], "entry": list(lab.entry), "checks": [check.to_json() for check in lab.checks]}


def _knob(knob: Knob) -> dict[str, Any]:
    bounds = {"choices": knob.choices} if knob.choices else {"min": knob.least, "max": knob.most}
    return {"name": knob.name, "default": knob.value, **bounds}


def _print_table(rows: list[Mapping[str, Any]]) -> None:
    """Print what a person looks for, in 80 columns: what names a row, what it is, how much of it there is."""
    if not rows:
        print("nothing yet")
        return
    names = _columns(rows[0])
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    room = get_terminal_size((80, 24)).columns - sum(widths) - 2 * len(widths) if sys.stdout.isatty() else 0
    if room < 0:  # a title gives way
        widths[names.index("title")] = max(10, widths[names.index("title")] + room)
    for row in cells:
        print("  ".join(map(_fitted, row, widths)).rstrip())


def _width(cell: str) -> int:
    from rich.cells import cell_len  # a table of rich itself takes 0.2 ms a row

    return len(cell) if cell.isascii() else cell_len(cell)


def _fitted(cell: str, width: int) -> str:
    from rich.cells import set_cell_size

    return cell.ljust(width) if cell.isascii() and len(cell) <= width else set_cell_size(cell, width)


def _columns(row: Mapping[str, Any]) -> tuple[str, ...]:
    if "id" in row:
        return ("id", "kind", "title")
    return ("name", "title", "points", "questions") if "knobs" in row else ("title", "lesson", "questions", "path")


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:g}" if isinstance(value, float) else clean(str(value))
