"""The exams of a course: the files in `content/exams/`."""

import re
from collections.abc import Iterator
from pathlib import Path

from coursekit.course import Course
from coursekit.errors import ContentError, UsageError, suggest
from coursekit.exam.blueprint import Blueprint, read_blueprint
from coursekit.files import read_text, shown
from coursekit.index import EXAMS

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


def exam_names(course: Course) -> tuple[str, ...]:
    """List the exams by the names of their files."""
    return tuple(path.stem for path in exam_files(course) if _NAME.fullmatch(path.stem))


def exam_files(course: Course) -> tuple[Path, ...]:
    """List the files, also one whose name is none for an exam."""
    folder = course.folder / "content" / EXAMS
    if not folder.resolve().is_relative_to(course.folder.resolve()):
        return ()  # a link out of the course is none of its folders
    return tuple(sorted(path for path in folder.glob("*.md") if path.name != "README.md"))


def load_exam(course: Course, name: str) -> Blueprint:
    """Read one exam. Raises UsageError, ContentError."""
    known = exam_names(course)
    if name not in known:
        advice = suggest(name, known) if known else "It has none: write one as content/exams/NAME.md."
        raise UsageError(f"The course has no exam '{name}'. {advice}")
    path = course.folder / "content" / EXAMS / f"{name}.md"
    return read_blueprint(read_text(path, course.folder), name, shown(path))


def every_exam(course: Course) -> Iterator[Blueprint | ContentError]:
    """Read every exam; one that cannot be read comes as its error."""
    for path in exam_files(course):
        if not _NAME.fullmatch(path.stem):
            message = "No command can name this exam. Call its file by small letters, digits and dashes."
            yield ContentError(shown(path), 1, message, code="bad-exam")
            continue
        try:
            yield load_exam(course, path.stem)
        except ContentError as error:
            yield error
