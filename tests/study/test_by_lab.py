"""A grade of a lab with every point is a review of what is due there: one of each objective, rated by the table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.model import Attempt
from coursekit.scheduling import schedule
from coursekit.store.labs import LabGrade
from coursekit.store.store import Store, open_store
from coursekit.study.by_lab import serve_due
from coursekit.study.fitting import histories
from coursekit.study.report.collected import collect

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FULL = LabGrade("bowl", {}, {}, (), 3.0, 3.0, NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "home", "tiny", NOW)) as store:
        yield store


@pytest.fixture
def course(course_folder: Path) -> Course:
    """Return the tiny course with three questions of one objective, whose lab is the topic's."""
    topic = course_folder / "content/1-basics/1-steps.md"
    text = topic.read_text(encoding="utf-8")
    for name in ("pick-many", "claim"):
        text = text.replace(f"id: {name}\n", f"id: {name}\nobjective: LO-1\n")
    topic.write_text(text, encoding="utf-8")
    return open_course(course_folder)


def saw(store: Store, question: str, days_ago: float, mark: float = 1.0, confidence: str | None = None) -> None:
    at = NOW - timedelta(days=days_ago)
    store.add_attempt(
        Attempt(question, "p", ("1",), mark, 1.0, False, 0, 0, at - timedelta(seconds=60), at, confidence)
    )


def rows(tmp_path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(tmp_path / "home" / "record.sqlite3")) as db:
        return db.execute("select * from card order by question").fetchall()


def test_the_longest_overdue_question_of_the_objective_is_served_once(course: Course, store: Store):
    for name, days in (("pick-one", 3), ("pick-many", 9), ("one-step", 9)):
        saw(store, name, days)

    assert serve_due(store, course, FULL) == ("pick-many",)  # one-step has no objective

    attempt = store.attempts("pick-many")[-1]
    assert (attempt.purpose, attempt.response, attempt.mark) == ("lab", (), 1.0)
    assert [review.rating for review in store.seeing.reviews("pick-many")] == ["good", "hard"]
    assert store.cards()["pick-many"].due > NOW
    assert store.cards()["pick-one"].due < NOW
    assert serve_due(store, course, replace(FULL, at=NOW + timedelta(minutes=1))) == ("pick-one",)
    assert serve_due(store, course, replace(FULL, at=NOW + timedelta(minutes=2))) == ()


def test_not_with_a_point_missing_nor_for_another_lab_a_confident_miss_or_what_is_put_aside(
    course: Course, store: Store
):
    saw(store, "pick-one", 3)
    saw(store, "claim", 9, 0.0, "sure")

    assert serve_due(store, course, replace(FULL, points=2.0)) == ()
    assert serve_due(store, course, replace(FULL, lab="other")) == ()
    store.asides.put("pick-one", "bury", NOW + timedelta(days=1), NOW)
    assert serve_due(store, course, FULL) == ()


def test_a_replay_gives_the_same_cards_byte_for_byte(course: Course, store: Store, tmp_path: Path):
    for days in (90, 89, 60):
        saw(store, "pick-one", days)
    serve_due(store, course, FULL)
    saw(store, "pick-many", -3)
    before = rows(tmp_path)

    store.reschedule()

    assert rows(tmp_path) == before
    reviews = store.seeing.reviews("pick-one")
    assert tuple(histories(store.attempts())["pick-one"]) == reviews
    assert store.cards()["pick-one"] == schedule("pick-one", reviews)


def test_it_is_no_response_in_the_report_in_the_calibration_nor_in_the_pace(course: Course, store: Store):
    saw(store, "pick-one", 3)
    before = store.seeing.said(), store.pace.seconds()
    serve_due(store, course, FULL)

    report = collect(course, store, NOW, UTC)

    assert [len(asked.tries) for topic in report.topics for asked in topic.asked] == [1]
    assert (store.seeing.said(), store.pace.seconds()) == before
