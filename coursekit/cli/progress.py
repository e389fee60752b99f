"""Show what was studied: by topic, and the best run of each lab.

examples:
  coursekit progress
  coursekit progress --json
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.course import Course
from coursekit.plots.bar import bar
from coursekit.scheduling import Card
from coursekit.session import standing
from coursekit.store.store import Store
from coursekit.words import count


def add_arguments(parser: ArgumentParser) -> None:
    """Say in which form."""
    parser.add_argument("--json", action="store_true", help="one JSON object per topic, lab and for the whole")


def run(given: Namespace) -> int:
    """Print the standing of every topic and lab."""
    course = the_course(given)
    store = the_store(given, course)
    say_notice(store)
    rows = list(_rows(course, store))
    store.close()
    for row in rows:
        print_json(row) if given.json else print(clean(_line(row)))
    return 0


def _rows(course: Course, store: Store) -> Iterator[dict[str, Any]]:
    cards, now = store.cards(), utc_now()
    for topic in course.topics:
        yield {"type": "topic", "title": topic.title, "lesson": topic.lesson} | _counts(topic.names, cards, now)
    runs = store.runs()
    for name in course.lab_names():
        mine = [run for run in runs if run.lab == name]
        best = max(mine, key=lambda run: run.points, default=None)
        yield {
            "type": "lab",
            "name": name,
            "runs": len(mine),
            "points": best.points if best else None,
            "out_of": best.out_of if best else None,
        }
    yield {"type": "course", "title": course.title, "attempts": len(store.attempts())} | _counts(
        tuple(course.topic_of), cards, now
    )


def _counts(names: tuple[str, ...], cards: Mapping[str, Card], now: datetime) -> dict[str, Any]:
    found = standing(names, cards, now)
    return {
        "questions": found.total,
        "new": found.new,
        "due": found.due,
        "mastered": found.mastered,
        "mean_mark": found.mean_mark,
    }


def _line(row: dict[str, Any]) -> str:
    if row["type"] == "lab":
        score = f"best {row['points']:g} of {row['out_of']:g} points" if row["runs"] else "not run yet"
        return f"  lab  {row['name']:34} {count(row['runs'], 'run'):>8}  {score}"
    mark = row["mean_mark"]
    share = f"{bar(mark, 10)} {mark:4.0%}" if mark is not None else f"{bar(0, 10)}    –"
    tried = f"{row['questions'] - row['new']} of {row['questions']} tried"
    counts = f"{tried:>14}, {row['due']} due, {row['mastered']} mastered"
    return f"{_fitted(row['title'], 27)} {share}  {counts}"


def _fitted(title: str, width: int) -> str:
    return (title if len(title) <= width else title[: width - 1] + "…").ljust(width)
