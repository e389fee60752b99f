"""The tiny course with an exam of its own, and a sitting of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.folder import load_exam
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXAM = """\
---
title: A short test
questions: 4
from:
  - {kinds: [single-choice, true-false, multiple-choice], count: 3}
  - {kinds: [numeric], count: 1}
minutes: 10
pass: 60
---

Four questions in ten minutes.
"""


def add_exam(folder: Path, text: str = EXAM, name: str = "short") -> Course:
    """Write an exam into a course, and open it."""
    path = folder / "content" / "exams" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return open_course(folder)


@pytest.fixture
def examined(course_folder: Path) -> Course:
    """Return the tiny course with an exam, `short`."""
    return add_exam(course_folder)


@pytest.fixture
def exam(examined: Course) -> Blueprint:
    """Return the exam."""
    return load_exam(examined, "short")


@pytest.fixture
def open_record(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Return what opens the record of the same learner, as another process would."""
    opened: list[Store] = []

    def open_it() -> Store:
        opened.append(open_store(tmp_path / "home", "tiny", NOW))
        return opened[-1]

    yield open_it
    for store in opened:
        with closing(store):
            pass


@pytest.fixture
def store(open_record: Callable[[], Store]) -> Store:
    """Return an empty record."""
    return open_record()


@pytest.fixture(scope="session")
def shipped() -> Callable[[], Course]:
    """Return what opens the course that comes with coursekit."""
    return lambda: open_course(Path(__file__).parents[2])
