"""A course: a folder with `content/` (topic files, `course.md`) and `labs/`. Opening one reads titles and ids only.

Questions are read when asked for, so a large bank opens as fast as a small one. One bad file or question never hides
the others: it becomes a problem in a list.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, final

from coursekit.clean import clean
from coursekit.document import Document, Section, split
from coursekit.errors import ContentError, CourseError, UsageError, suggest

if TYPE_CHECKING:  # 8 ms, and a table of contents needs no question
    from coursekit.questions._question import Question
    from coursekit.questions._read import Defaults

_LARGEST_BYTES = 2_000_000
_ENOUGH_TEXTS = 200  # to know rare words by; weighing them keeps a learner waiting
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@final
@dataclass(frozen=True, slots=True)
class Topic:
    """One topic file: its title, its lesson, and the sections of its questions by id."""

    title: str
    lesson: str
    document: Document
    sections: Mapping[str, Section]


@final
@dataclass(frozen=True)  # no slots: the defaults of a topic are cached
class Course:
    """What `content/` holds, in the order of its files' names."""

    folder: Path
    id: str
    title: str
    programme: str
    field: str
    front: Document
    """`course.md`: what it says for all questions."""
    topics: tuple[Topic, ...]
    problems: tuple[ContentError, ...] = ()

    @cached_property
    def topic_of(self) -> Mapping[str, Topic]:
        """Topic by question id, in the order of the course."""
        return {name: topic for topic in self.topics for name in topic.sections}

    @cached_property
    def lessons(self) -> Mapping[str, tuple[Topic, ...]]:
        """Topics by lesson, in the order of the course."""
        lessons: dict[str, tuple[Topic, ...]] = {}
        for topic in self.topics:
            lessons[topic.lesson] = (*lessons.get(topic.lesson, ()), topic)
        return lessons

    @cached_property
    def word_weights(self) -> Mapping[str, float]:
        """How rare each word is in the questions' texts, or in some of very many.

        Synonyms in rubrics and references are no texts.
        """
        from coursekit.grading.likeness import inverse_document_frequency

        sections = [section for topic in self.topics for section in topic.sections.values()]
        some = sections[:: -(-len(sections) // _ENOUGH_TEXTS)]
        return inverse_document_frequency(map(_text, some))

    def question(self, name: str, seed: int = 0) -> "Question":
        """Read one question, its variant drawn by `seed`. Raises UsageError, ContentError."""
        if name not in self.topic_of:
            raise UsageError(f"The course has no question '{name}'. {nearest(name, tuple(self.topic_of))}")
        topic = self.topic_of[name]
        from coursekit.questions._read import read_question

        return read_question(topic.sections[name], self._defaults(topic), seed)

    def questions(self) -> "Iterator[Question | ContentError]":
        """Read every question; one that cannot be read comes as its error."""
        for name in self.topic_of:
            try:
                yield self.question(name)
            except ContentError as error:
                yield error

    def _defaults(self, topic: Topic) -> "Defaults":
        """Return what a topic says for all its questions, read once."""
        path = topic.document.path
        if path not in self._read_defaults:
            defaults = _defaults(topic, self.front)
            self._read_defaults[path] = replace(defaults, weights=lambda: self.word_weights)
        return self._read_defaults[path]

    @cached_property
    def _read_defaults(self) -> "dict[str, Defaults]":
        return {}

    def lab_names(self) -> tuple[str, ...]:
        """List the folders under `labs/` that hold a `lab.md` and have a name that can be written in a question."""
        names = (path.parent.name for path in (self.folder / "labs").glob("*/lab.md"))
        return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


def find_course(explicit: str | None, environment: Mapping[str, str], working: Path) -> Path:
    """Find the course's folder: named, from the environment, upwards from the working folder, or the one packaged.

    Raises CourseError when a named folder is no course.
    """
    named = explicit or environment.get("COURSEKIT_COURSE")
    if named:
        return _named(Path(os.path.expanduser(named)))  # pathlib's raises for an unknown user
    package = Path(__file__).parent
    for folder in (working, *working.parents, package / "packaged", package.parent):
        if (folder / "content" / "course.md").is_file():
            return folder
    raise CourseError("No course is installed here. Name one with --course DIR or $COURSEKIT_COURSE.")


def open_course(folder: Path) -> Course:
    """Read a course's titles and ids. Raises CourseError when there is nothing to ask."""
    front = split(read_text(folder / "content" / "course.md"), shown(folder / "content" / "course.md"))
    problems: list[ContentError] = []
    topics = tuple(_topics(folder, problems))
    if not any(topic.sections for topic in topics):
        first = f" First problem: {problems[0]}" if problems else ""
        raise CourseError(f"{shown(folder / 'content')} has no questions yet. Add a topic file to it.{first}")
    return Course(
        folder=folder,
        id=front.field("id") or folder.name,
        title=front.field("title") or "Untitled course",
        programme=front.field("programme") or "",
        field=front.field("field") or "",
        front=front,
        topics=topics,
        problems=tuple(problems),
    )


def _named(folder: Path) -> Path:
    if (folder / "content" / "course.md").is_file():
        return folder
    missing = "does not exist" if not folder.exists() else "has no content/course.md"
    raise CourseError(f"{folder} is no course: it {missing}. A course is a folder with content/ and labs/.")


def _topics(folder: Path, problems: list[ContentError]) -> Iterator[Topic]:
    seen: dict[str, Section] = {}
    for path in sorted((folder / "content").rglob("*.md")):
        if path.name in ("course.md", "README.md"):
            continue
        try:
            yield _topic(path, seen, problems)
        except ContentError as error:
            problems.append(error)


def _topic(path: Path, seen: dict[str, Section], problems: list[ContentError]) -> Topic:
    document = split(read_text(path), shown(path))
    title = document.field("title")
    if not title:
        raise ContentError(document.path, 1, "The front matter has no title. Add a line 'title: …'.")
    sections: dict[str, Section] = {}
    for section in document.sections:
        try:
            name = _claim(section, seen)
            sections[name] = seen[name] = section
        except ContentError as error:
            problems.append(error)
    return Topic(title, document.field("lesson") or "Other topics", document, sections)


def _claim(section: Section, seen: Mapping[str, Section]) -> str:
    name = section.field("id") or section.fields().text("id")
    if name in seen:
        first = seen[name]
        message = f"The id '{name}' is taken by {first.path}:{first.line}. Give this question another."
        raise ContentError(section.path, section.line, message)
    return name


def _text(section: Section) -> str:
    parts = (part.text.source for part in section.parts if part.title not in ("Rubric", "References"))
    return "\n".join((section.text.source, *parts))


def _defaults(topic: Topic, front: Document) -> "Defaults":
    from coursekit.questions._policy import ONE_TRY, read_policy
    from coursekit.questions._read import Defaults

    defaults = topic.document.fields().mapping("defaults")
    points, lab = defaults.number("points", 1.0), defaults.text("lab", None)
    policy = read_policy(defaults, read_policy(front.fields(), ONE_TRY))
    defaults.refuse_unknown()
    return Defaults(topic.lesson, topic.title, points, lab, policy)


def read_text(path: Path) -> str:
    """Read a file of the course. Raises ContentError when it is too large, not UTF-8, or cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ContentError(shown(path), 1, f"Larger than {_LARGEST_BYTES:,} bytes. Split the file.")
        return clean(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(shown(path), line, "Not UTF-8 text. Save the file as UTF-8.") from None
    except OSError as error:
        raise ContentError(shown(path), 1, f"Cannot be read: {error.strerror}.") from None


def shown(path: Path) -> str:
    """Show a path as short as a person can still open it."""
    near = os.path.relpath(path)
    return clean(str(path) if near.startswith("..") else near)


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Say which question was probably meant, and list them all when they are few."""
    guess, _, everything = suggest(name, known).rpartition("There are:")
    return f"{guess}There are:{everything}" if len(known) <= 12 else f"{guess}See 'coursekit list questions'."
