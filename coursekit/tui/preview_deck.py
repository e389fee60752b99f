"""What an author leafs through: every question of a course by file and line, also those that cannot be read."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, final

from coursekit.clean import clean
from coursekit.course import Course, Topic
from coursekit.errors import ContentError, UsageError
from coursekit.files import shown

_EMPTY = "This file has no question yet. Add a heading '## …' and a '```yaml question' fence with an id under it."
_WITH_LINE = re.compile(r"(.+?):(\d+)(?::.*)?")


class Found(Protocol):
    """What a check finds, and what an error of an author's file is: a place and a sentence."""

    @property
    def path(self) -> str:
        """The file, as a person is shown it."""
        ...

    @property
    def line(self) -> int:
        """The line, from 1."""
        ...

    @property
    def message(self) -> str:
        """What is wrong and what to do."""
        ...


@final
@dataclass(frozen=True, slots=True)
class Leaf:
    """The lines of one question; without a `name` they cannot be read as one, and `error` says why."""

    path: str
    line: int
    end: int | None
    name: str = ""
    error: ContentError | None = None

    def holds(self, path: str, line: int) -> bool:
        """Say whether a line of a file belongs to it."""
        return path == self.path and self.line <= line <= (self.end or line)


@final
@dataclass(frozen=True, slots=True)
class Target:
    """What was asked for: a question by its name, or a file or folder with a line; nothing for the first."""

    folder: Path | None = None
    path: str = ""
    line: int = 1
    name: str = ""


def find_target(named: str | None) -> Target:
    """Read `PATH[:LINE]`, or else the id of a question; the course is looked for above a path. Raises UsageError."""
    if not named:
        return Target()
    with_line = _WITH_LINE.fullmatch(named)
    if with_line and not os.path.exists(named):
        path, line = with_line[1], int(with_line[2])
    else:
        path, line = named, 1
    path = os.path.abspath(os.path.expanduser(path))
    if os.path.exists(path):
        folder = _course_above(Path(path))
        return Target(folder, "" if folder == Path(path) else shown(Path(path)), line)
    if "/" in named or ".md" in named:
        raise UsageError(f"There is no file {shown(Path(path))}.")
    return Target(name=named)


def deck(course: Course) -> tuple[Leaf, ...]:
    """List what can be looked at, in the order of the course."""
    read = {topic.path for topic in course.topics}
    leaves = [leaf for topic in course.topics for leaf in _of_topic(topic, course.problems)]
    unread = {error.path: error for error in reversed(course.problems) if error.path not in read}
    leaves += [Leaf(path, 1, None, error=error) for path, error in unread.items()]
    return tuple(sorted(leaves, key=lambda leaf: (Path(leaf.path), leaf.line)))


def locate(leaves: tuple[Leaf, ...], target: Target) -> Leaf:
    """Find what was asked for, by default the first. Raises UsageError where there is no question."""
    if target.name:
        return next(leaf for leaf in leaves if leaf.name == target.name)
    inside = [leaf for leaf in leaves if not target.path or Path(leaf.path).is_relative_to(target.path)]
    if not inside:
        raise UsageError(f"{target.path} holds no questions. Name a topic file under content/, or a question's id.")
    before = [leaf for leaf in inside if leaf.path == target.path and leaf.line <= target.line]
    return before[-1] if before else inside[0]


def follow(leaves: tuple[Leaf, ...], old: Leaf) -> Leaf:
    """Find a question again after its file was saved: by its id, else near the line where it stood."""
    named = next((leaf for leaf in leaves if leaf.name and leaf.name == old.name), None)
    same_file = [leaf for leaf in leaves if leaf.path == old.path]
    return named or min(same_file or leaves, key=lambda leaf: abs(leaf.line - old.line))


def source_lines(leaf: Leaf) -> tuple[tuple[int, str], ...]:
    """Read the lines of an leaf with their numbers, safe to show; none of a file that is gone."""
    try:
        text = clean(Path(leaf.path).read_bytes().decode("utf-8", "replace").replace("\r\n", "\n"))
    except OSError:
        return ()
    return tuple(enumerate(text.split("\n"), 1))[leaf.line - 1 : leaf.end]


def is_same(one: Course, other: Course) -> bool:
    """Say whether two readings of a course found the same."""
    problems = [[str(problem) for problem in course.problems] for course in (one, other)]
    return (one.front_text, one.topics) == (other.front_text, other.topics) and problems[0] == problems[1]


def _course_above(path: Path) -> Path:
    for folder in (path, *path.parents):
        if (folder / "content" / "course.md").is_file():
            return folder
    raise UsageError(f"{path} is in no course: no folder above it has a content/course.md.")


def _of_topic(topic: Topic, problems: tuple[ContentError, ...]) -> Iterator[Leaf]:
    mine = [error for error in problems if error.path == topic.path]
    names = {entry.line: name for name, entry in topic.entries.items()}
    starts = _starts(topic) if mine or not names else sorted(names)
    if not starts:
        yield Leaf(topic.path, 1, None, error=ContentError(topic.path, 1, _EMPTY))
    for line, after in zip(starts, [*starts[1:], None], strict=True):
        leaf = Leaf(topic.path, line, after and after - 1, names.get(line, ""))
        error = next((error for error in mine if leaf.holds(error.path, error.line)), None)
        yield leaf if leaf.name else replace(leaf, error=error)


def _starts(topic: Topic) -> list[int]:
    """List the lines at which sections begin, those without an id too."""
    try:
        return [section.line for section in topic.document.sections]
    except ContentError:  # changed since it was scanned, so it is scanned again soon
        return sorted(entry.line for entry in topic.entries.values())
