"""A course: a folder with `content/` (topic files, `course.md`) and `labs/`. Opening one reads titles and ids only.

Questions are read when asked for, so a large bank opens as fast as a small one. One bad file or question never hides
the others: it becomes a problem in a list.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.errors import ContentError, CourseError, UsageError, suggest
from coursekit.files import read_text, shown

if TYPE_CHECKING:  # 15 ms, and a table of contents needs no question
    from coursekit.document import Document, Section
    from coursekit.index import Entry, Facts, Scan, Scanned
    from coursekit.questions._question import Question
    from coursekit.questions._read import Defaults

_ENOUGH_TOPICS, _ENOUGH_TEXTS = 20, 200  # to know rare words by; weighing them keeps a learner waiting
_FRONT_MATTER = re.compile(
    r"---\n((?:[a-z][^\r\n]*\n)+)---\n"
)  # as most authors write it; else the real reader cuts it out
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@final
@dataclass(frozen=True)  # no slots: the file is read when it is asked for
class Topic:
    """One topic file: its title, its lesson, and where its questions stand, by id."""

    title: str
    lesson: str
    file: Path
    names: tuple[str, ...]
    """The ids of its questions."""
    scan: "Scan"
    read: "Document | None" = None
    """The file's pieces if they are known already."""

    @cached_property
    def path(self) -> str:
        """The file as a person is shown it."""
        return shown(self.file)

    @cached_property
    def document(self) -> "Document":
        """The file's pieces. Raises ContentError when it cannot be read any more."""
        from coursekit.document import split

        return self.read or split(read_text(self.file), self.path)

    @cached_property
    def sections(self) -> "Mapping[str, Section]":
        """The pieces of the questions by id. Raises ContentError when the file was changed since it was scanned."""
        at = {(section.line, section.title): section for section in self.document.sections}
        if not all(entry[1:] in at for entry in self.entries.values()):
            raise ContentError(self.path, 1, "This file was changed meanwhile. Open the course again.")
        return {name: at[entry[1:]] for name, entry in self.entries.items()}

    @cached_property
    def facts(self) -> "Mapping[str, Facts]":
        """The kind, objective, difficulty and lab of its questions, by id."""
        from coursekit.index import Facts

        found = {name: Facts._make(row) for name, row in zip(self.scan.ids, self.scan.facts, strict=True)}
        return {name: found[name] for name in self.names}

    @cached_property
    def entries(self) -> "Mapping[str, Entry]":
        """Where its questions stand, and their titles, by id."""
        from coursekit.index import Entry

        every = [Entry._make(row) for row in zip(self.scan.ids, self.scan.lines, self.scan.titles, strict=True)]
        first = {entry.id: entry for entry in reversed(every)}  # of two with the same id
        return {name: first[name] for name in self.names}


@final
class Cover(NamedTuple):
    """What `course.md` says of its course."""

    id: str
    title: str
    programme: str
    field: str


@final
@dataclass(frozen=True)  # no slots: the defaults of a topic are cached
class Course:
    """What `content/` holds, in the order of its files' names."""

    folder: Path
    id: str
    title: str
    programme: str
    field: str
    front_text: str
    """`course.md` as it was read."""
    topics: tuple[Topic, ...]
    problems: tuple[ContentError, ...] = ()

    @cached_property
    def front(self) -> "Document":
        """The pieces of `course.md`, which says some things for all questions."""
        return _front(self.folder, self.front_text)

    @cached_property
    def topic_of(self) -> Mapping[str, Topic]:
        """Topic by question id, in the order of the course."""
        return {name: topic for topic in self.topics for name in topic.names}

    def facts(self, name: str) -> "Facts":
        """Return the kind, objective, difficulty and lab of a question of this course."""
        return self.topic_of[name].facts[name]

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

        some = [topic for topic in self.topics[:: -(-len(self.topics) // _ENOUGH_TOPICS)] if topic.names]
        sections = [section for topic in some for section in topic.sections.values()]
        return inverse_document_frequency(map(_text, sections[:: -(-len(sections) // _ENOUGH_TEXTS)]))

    @cached_property
    def kept_figures(self) -> Mapping[str, str]:
        """What runs came to, as the course keeps it; nothing when that cannot be read, which a check tells."""
        from coursekit.kept import read_kept  # few questions have figures

        try:
            return {name: locked.observed for name, locked in read_kept(self.folder).items()}
        except ContentError:
            return {}

    def question(self, name: str, seed: int = 0) -> "Question":
        """Read one question, its variant drawn by `seed`. Raises UsageError, ContentError."""
        if name not in self.topic_of:
            raise UsageError(f"The course has no question '{name}'. {nearest(name, tuple(self.topic_of))}")
        topic = self.topic_of[name]
        from coursekit.questions._read import read_question

        return read_question(topic.sections[name], self._defaults(topic), seed)

    def questions(self, names: Iterable[str] | None = None) -> "Iterator[Question | ContentError]":
        """Read every question, or some; one that cannot be read comes as its error."""
        for name in self.topic_of if names is None else names:
            try:
                yield self.question(name)
            except ContentError as error:
                yield error

    def _defaults(self, topic: Topic) -> "Defaults":
        """Return what a topic says for all its questions, read once."""
        path = topic.path
        if path not in self._read_defaults:
            defaults = _defaults(topic, self.front)
            self._read_defaults[path] = replace(
                defaults, weights=lambda: self.word_weights, figures=lambda: self.kept_figures
            )
        return self._read_defaults[path]

    @cached_property
    def _read_defaults(self) -> "dict[str, Defaults]":
        return {}

    def lab_names(self) -> tuple[str, ...]:
        """List the folders under `labs/` that hold a `lab.md` and have a name that can be written in a question."""
        labs = self.folder / "labs"
        if not labs.resolve().is_relative_to(self.folder.resolve()):
            return ()  # a link out of the course is none of its folders
        names = (path.parent.name for path in labs.glob("*/lab.md"))
        return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


def find_course(
    explicit: str | None,
    environment: Mapping[str, str],
    working: Path,
    installed: Callable[[str], Path | None] = lambda _: None,
) -> Path:
    """Find the course's folder: named, from the environment, upwards from the working folder, or the one packaged.

    A name that is no path here may be the id of an `installed` course. Raises CourseError when it is no course.
    """
    named = explicit or environment.get("COURSEKIT_COURSE")
    if named:
        folder = Path(os.path.expanduser(named))  # pathlib's raises for an unknown user
        return (None if folder.exists() else installed(named)) or _named(folder)
    package = Path(__file__).parent
    for folder in (working, *working.parents, package / "packaged", package.parent):
        if (folder / "content" / "course.md").is_file():
            return folder
    raise CourseError("No course is installed here. Name one with --course DIR or $COURSEKIT_COURSE.")


def course_of(path: Path) -> Path | None:
    """Find the folder of the course in which a file lies."""
    above = path.resolve().parents
    return next((folder for folder in above if (folder / "content" / "course.md").is_file()), None)


def open_course(folder: Path, kept: Callable[[], Path | None] | None = None) -> Course:
    """Read a course's titles and ids. Raises CourseError when there is nothing to ask.

    `kept` names the file that keeps the index of a large one; it is asked only then.
    """
    from coursekit.index import scan_all

    text = _front_text(folder)
    problems: list[ContentError] = []
    topics = tuple(_topics(scan_all(folder, kept), problems))
    if not any(topic.names for topic in topics):
        first = f" First problem: {problems[0]}" if problems else ""
        raise CourseError(f"{shown(folder / 'content')} has no questions yet. Add a topic file to it.{first}")
    return Course(folder, *_cover(folder, text), text, topics, tuple(problems))


def read_cover(folder: Path) -> Cover:
    """Read what a course is called, and nothing else of it. Raises CourseError, ContentError."""
    return _cover(folder, _front_text(folder))


def _cover(folder: Path, text: str) -> Cover:
    """Read four lines of the front matter; where it begins or ends is left to the real reader if that is in doubt."""
    from coursekit.fields import one_line

    plain = _FRONT_MATTER.match(text)
    source = plain[1] if plain else _front(folder, text).front.source
    found = {name: one_line(source, name, path=_front_path(folder), line=2) or "" for name in Cover._fields}
    return Cover(**{**found, "id": found["id"] or folder.name, "title": found["title"] or "Untitled course"})


def _front(folder: Path, text: str) -> "Document":
    from coursekit.document import split

    return split(text, _front_path(folder))


def _front_path(folder: Path) -> str:
    return shown(folder / "content" / "course.md")


def _front_text(folder: Path) -> str:
    path = folder / "content" / "course.md"
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise CourseError(f"{shown(path.parent)} is a link out of the course. Put the folder itself here.")
    return read_text(path, folder)


def _named(folder: Path) -> Path:
    if (folder / "content" / "course.md").is_file():
        return folder
    if len(folder.parts) == 1 and not folder.exists():
        message = f"There is no folder '{folder}' here, and no course with this id is installed."
        raise CourseError(f"{message} See 'coursekit course list'.")
    missing = "does not exist" if not folder.exists() else "has no content/course.md"
    raise CourseError(f"{folder} is no course: it {missing}. A course is a folder with content/ and labs/.")


def _topics(scans: "Sequence[Scanned]", problems: list[ContentError]) -> Iterator[Topic]:
    """Make the topics; an id that is taken already is a problem, and so is what a scan found."""
    seen: dict[str, tuple[Path, int]] = {}
    for path, scan, whole in scans:
        problems += [ContentError(shown(path), line, said, code=code) for line, said, code in scan.problems]
        names: list[str] = []
        for name, line in zip(scan.ids, scan.lines, strict=True):
            if name in seen:
                problems.append(_taken(name, path, line, *seen[name]))
            else:
                names.append(name)
                seen[name] = path, line
        if scan.title:
            yield Topic(scan.title, scan.lesson, path, tuple(names), scan, whole)


def _taken(name: str, path: Path, line: int, first: Path, at: int) -> ContentError:
    message = f"The id '{name}' is taken by {shown(first)}:{at}. Give this question another."
    return ContentError(shown(path), line, message, code="duplicate-id")


def _text(section: "Section") -> str:
    parts = (part.text.source for part in section.parts if part.title not in ("Rubric", "References"))
    return "\n".join((section.text.source, *parts))


def _defaults(topic: Topic, front: "Document") -> "Defaults":
    from coursekit.questions._policy import ONE_TRY, read_policy
    from coursekit.questions._read import Defaults

    defaults = topic.document.fields().mapping("defaults")
    points, lab = defaults.number("points", 1.0), defaults.text("lab", None)
    policy = read_policy(defaults, read_policy(front.fields(), ONE_TRY))
    defaults.refuse_unknown()
    return Defaults(topic.lesson, topic.title, points, lab, policy)


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Say which question was probably meant, and list them all when they are few."""
    guess, _, everything = suggest(name, known).rpartition("There are:")
    return f"{guess}There are:{everything}" if len(known) <= 12 else f"{guess}See 'coursekit list questions'."
