"""What a rule is: what it finds, why that matters, and how it looks wrong and right.

A rule is one file in `rules/`; its name is its code. What it looks at makes its class.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import final

from coursekit import plugins
from coursekit.check.case import Case
from coursekit.check.facts import CourseFacts, TopicFacts

FAMILY = "coursekit.check.rules"
Found = Iterator[tuple[int, str]]
"""Lines of a topic file, and what is wrong there."""


@final
@dataclass(frozen=True, slots=True)
class Example:
    """A topic's text from its first `##`, or a file's whole text where `file` names one."""

    wrong: str
    right: str
    file: str = ""
    beside: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a lab's file needs beside it to be looked at: texts by path."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule says of itself. `why` is a sentence or two for an author."""

    finds: str
    why: str
    example: Example
    is_error: bool = True


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRule(Rule):
    """What the reader refuses by itself."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRule(Rule):
    """Looks at one question and its variants."""

    find: Callable[[Case], Found]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule(Rule):
    """Looks at all questions of a topic."""

    find: Callable[[TopicFacts], Found]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRule(Rule):
    """Looks at the whole course: yields a topic's path with each line."""

    find: Callable[[CourseFacts], Iterable[tuple[str, int, str]]]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LabRule(Rule):
    """What runs of a lab show."""


@cache
def every_rule() -> dict[str, Rule]:
    """Load all rules, by their codes."""
    return {code: plugins.load(FAMILY, code) for code in plugins.names(FAMILY)}
