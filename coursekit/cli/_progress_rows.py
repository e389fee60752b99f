"""The rows of `coursekit progress`: each topic, below it its objectives, each lab, and the whole; and their CSV."""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.lab.definition import lab_path
from coursekit.lab.page import open_page
from coursekit.scheduling import Card
from coursekit.session import standing
from coursekit.store.store import Store
from coursekit.study.mastery import Mastery, Memory, mastery_of, memories, objectives
from coursekit.study.planning import read_plan
from coursekit.study.seeing import LabSeen, decay_of, fitted, labs

Row = dict[str, Any]  # Any: JSON

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet begins to compute


def rows(course: Course, store: Store, now: datetime, profile: str = "") -> Iterator[Row]:
    """Yield a row for each topic and objective, each lab, and the whole, which names the profile. Raises StoreError."""
    cards = _as_planned(store, now)
    known = memories(cards, now, decay_of(fitted(store)))
    for topic in course.topics:
        yield {"type": "topic", "title": topic.title, "lesson": topic.lesson} | _counts(topic.names, cards, known, now)
        for each in objectives(topic, known):
            words = {"type": "objective", "name": each.name, "title": each.words, "topic": topic.title}
            yield words | {"questions": each.mastery.total} | _mastery(each.mastery)
    yield from (_lab(course, lab) for lab in labs(course, store))
    whole = {"type": "course", "title": course.title, "profile": profile or None, "attempts": store.seeing.attempts()}
    yield whole | _counts(tuple(course.topic_of), cards, known, now)


def _as_planned(store: Store, now: datetime) -> dict[str, Card]:
    """Return the cards, due when a plan that is not over brings them back."""
    cards, plan = store.cards(), read_plan(store.settings)
    back = plan.comes_back(cards) if plan and not plan.is_over(now) else {}
    return {name: card._replace(due=back.get(name, card.due)) for name, card in cards.items()}


def print_csv(records: Iterable[Row]) -> None:
    """Print rows as CSV, every column in each: what a row has not is empty. No cell is taken for a formula."""
    flat = [_flat(record) for record in records]
    writer = csv.DictWriter(sys.stdout, list(dict.fromkeys(name for row in flat for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in flat)


def _counts(names: tuple[str, ...], cards: Mapping[str, Card], known: Mapping[str, Memory], now: datetime) -> Row:
    found = standing(names, cards, now)
    return {
        "questions": found.total,
        "new": found.new,
        "due": found.due,
        "mastered": found.mastered,
        "mean_mark": found.mean_mark,
    } | _mastery(mastery_of(names, known))


def _mastery(found: Mastery) -> Row:
    """Say what would be recalled now, in four decimals, and the ends of its interval."""
    ends = {"mastery": found.share, "mastery_low": found.low, "mastery_high": found.high}
    return {"seen": found.seen} | {name: round(share, 4) for name, share in ends.items()}


def _lab(course: Course, lab: LabSeen) -> Row:
    return {
        "type": "lab",
        "name": lab.name,
        "kind": _kind(course, lab.name),
        "runs": lab.runs,
        **_points(lab.best_run),
        "grades": lab.grades,
        "grade": _points(lab.best_grade),
    }


def _points(best: tuple[float, float] | None) -> dict[str, float | None]:
    points, out_of = best or (None, None)
    return {"points": points, "out_of": out_of}


def _kind(course: Course, lab: str) -> str:
    """Read the word alone: a lab that is broken is told by check."""
    try:
        return open_page(lab_path(course, lab)).field("kind") or "tune"
    except ContentError:
        return "tune"


def _flat(record: Row) -> Row:
    grade: Row = record.get("grade") or {}
    whole = {name: value for name, value in record.items() if name != "grade"}
    return whole | {f"grade_{name}": value for name, value in grade.items()}


def _cell(value: Any) -> Any:  # Any: JSON
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
