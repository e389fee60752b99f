"""Put skeletons where they belong: a course in a new folder, a topic, a question, a lab or an exam into a course."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from coursekit.authoring.code_skeleton import code_lab_files
from coursekit.authoring.examples import as_section
from coursekit.authoring.skeletons import (
    course_files,
    exam_text,
    example_run,
    kinds_to_write,
    lab_text,
    needs_lab,
    question_text,
    slug,
    topic_text,
)
from coursekit.authoring.writing import create, refuse_packaged, replace_file
from coursekit.course import Course, Topic
from coursekit.document import Document, split
from coursekit.errors import ConfigError, ContentError, UsageError, suggest
from coursekit.files import shown
from coursekit.index import EXAMS
from coursekit.lab.definition import Lab, load_lab
from coursekit.questions._read import Defaults, read_question

_LINE_END = re.compile(rb"\r\n?|\n")
_NUMBERED = re.compile(r"(\d+)-")


class Place(NamedTuple):
    """A line of a file."""

    path: Path
    line: int


def new_course(folder: Path, title: str) -> list[Path]:
    """Make a course with one topic, one question and one lab. Raises UsageError, OSError."""
    files = course_files(slug(folder.resolve().name), title)
    for path in (folder / name for name in files):
        if path.exists():
            raise UsageError(f"{shown(path)} is there already, and nothing is written over it. Name a new folder.")
    for name, text in files.items():
        create(folder / name, text)
    return [folder / name for name in files]


def new_topic(course: Course, title: str, lesson: str | None) -> Path:
    """Add a topic with one question, behind the others of its lesson. Raises UsageError, OSError."""
    refuse_packaged(course.folder)
    lesson = lesson or course.topics[-1].lesson
    path = _topic_path(course, title, lesson)
    lab = _lab_for(course, course.topics[-1]) or next(iter(course.lab_names()), None)
    create(path, topic_text(title, lesson, lab, question_text("single-choice", free_id(course, slug(title)))))
    return path


def new_question(course: Course, name: str, kind: str, topic: Topic) -> Place:
    """Add a question at the end of a topic. Raises UsageError, OSError."""
    refuse_packaged(course.folder)
    if kind not in kinds_to_write():
        raise UsageError(f"There is no kind '{kind}'. {suggest(kind, kinds_to_write())}")
    if name in course.topic_of:
        free = free_id(course, name)
        raise UsageError(f"The course has a question '{name}' already. Take another id, for example '{free}'.")
    given = _lab_for(course, topic)
    lab = given or next(iter(course.lab_names()), None)
    text = question_text(kind, name, None if given and not needs_lab(kind) else lab, _run(course, lab, kind))
    try:
        read_question(as_section(text.partition("\n\n")[2]), Defaults("", "", lab=lab or "any"))
    except ContentError as error:
        raise UsageError(error.message) from error
    return _append(topic.file, topic.document, text)


def new_exam(course: Course, name: str, title: str) -> Path:
    """Add an exam that draws one question. Raises UsageError, OSError."""
    refuse_packaged(course.folder)
    _refuse_name("an exam", name)
    path = course.folder / "content" / EXAMS / f"{name}.md"
    create(path, exam_text(title, course.topics[0].lesson))
    return path


def new_lab(course_folder: Path, name: str, title: str) -> Path:
    """Add a lab that proves itself. Raises UsageError, OSError."""
    path = _lab_folder(course_folder, name) / "lab.md"
    create(path, lab_text(title))
    return path


def new_code_lab(course_folder: Path, name: str, title: str) -> list[Path]:
    """Add a lab of code that proves itself: all of its files, or none. Raises UsageError, OSError."""
    folder, files = _lab_folder(course_folder, name), code_lab_files(title)
    if os.path.lexists(folder):
        raise UsageError(f"{shown(folder)} is there already, and nothing is written over it. Take another name.")
    for part, text in files.items():
        create(folder / part, text)
    return [folder / part for part in files]


def _lab_folder(course_folder: Path, name: str) -> Path:
    refuse_packaged(course_folder)
    _refuse_name("a lab", name)
    return course_folder / "labs" / name


def _refuse_name(what: str, name: str) -> None:
    if slug(name) != name:
        message = f"'{name}' is no name for {what}. Use small letters, digits and dashes, as in '{slug(name)}'."
        raise UsageError(message)


def free_id(course: Course, base: str) -> str:
    """Return an id that no question has yet.

    It is the base itself, or the base with a number.
    """
    number = 2
    name = base
    while name in course.topic_of:
        name, number = f"{base}-{number}", number + 1
    return name


def _topic_path(course: Course, title: str, lesson: str) -> Path:
    content = course.folder / "content"
    of_lesson = [topic.file for topic in course.topics if topic.lesson == lesson]
    if of_lesson:
        return _numbered(of_lesson[-1].parent, f"{slug(title)}.md")
    if any(topic.file.parent != content for topic in course.topics):
        return _numbered(content, slug(lesson)) / f"1-{slug(title)}.md"
    return _numbered(content, f"{slug(title)}.md")


def _numbered(folder: Path, name: str) -> Path:
    """Put the next free number before a name, as wide as those that are there."""
    numbers = [found[1] for path in folder.iterdir() if (found := _NUMBERED.match(path.name))]
    width = max((len(number) for number in numbers), default=1)
    following = max((int(number) for number in numbers), default=0) + 1
    return folder / f"{following:0{width}}-{name}"


def _lab_for(course: Course, topic: Topic) -> str | None:
    """Return the lab that a topic names for all its questions, if the course has it."""
    name = topic.document.fields().mapping("defaults").text("lab", None)
    return name if name in course.lab_names() else None


def _run(course: Course, lab_name: str | None, kind: str) -> Mapping[str, Any] | None:
    """Return a run for a prediction: the example's where the lab can make it, else one that the lab has."""
    wanted = example_run(kind)
    if wanted is None or lab_name is None:
        return wanted
    try:
        return next(iter(_possible(load_lab(course, lab_name), wanted)), wanted)
    except (ContentError, UsageError):  # a lab that is broken, or one of code, which runs nothing
        return wanted


def _possible(lab: Lab, wanted: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for settings in (wanted, *lab.wrong, lab.solution, *({knob.name: knob.value} for knob in lab.knobs)):
        try:
            lab.configure(settings)
        except (ConfigError, UsageError):
            continue
        if settings:
            yield settings


def _append(path: Path, document: Document, text: str) -> Place:
    """Put a question behind the last one, with the line ends of the file."""
    before = path.read_bytes()
    newline = found[0] if (found := _LINE_END.search(before)) else b"\n"
    head = before.rstrip() + newline
    after = head + newline + text.encode().replace(b"\n", newline)
    sections = split(after.decode("utf-8"), document.path).sections
    if len(sections) != len(document.sections) + 1 or not sections[-1].title.startswith("TODO"):
        raise UsageError(f"{document.path}: A fence or comment at the end of this file is never closed. Close it.")
    replace_file(path, after)
    return Place(path, sections[-1].line)
