"""Courses of any shape that no file holds: what choosing needs to know of questions, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from coursekit.course import Course, Topic
from coursekit.index import Facts, Scan

MakeCourse = Callable[[Mapping[str, Sequence[tuple[str, str]]]], Course]


def _kind(name: str) -> str:
    return "code" if name.startswith("code") else "single-choice"


def _topic(title: str, questions: Sequence[tuple[str, str]]) -> Topic:
    ids = tuple(name for name, _ in questions)
    facts = tuple(
        Facts._make({"kind": _kind(name), "objective": objective}.get(field, "") for field in Facts._fields)
        for name, objective in questions
    )
    scan = Scan(title, "Lesson", ids, tuple(range(1, len(ids) + 1)), ids, facts, ())
    return Topic(title, "Lesson", Path(f"{title}.md"), ids, scan)


def _course(topics: Mapping[str, Sequence[tuple[str, str]]]) -> Course:
    made = tuple(_topic(title, questions) for title, questions in topics.items())
    return Course(Path("nowhere"), "made", "Made", "", "", "", made)


@pytest.fixture(scope="session")
def make_course() -> MakeCourse:
    """Return what makes a course of topics, each with its questions: an id and an objective."""
    return _course
