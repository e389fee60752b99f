"""What rules over many questions need to know of each, small enough to be kept between checks."""

from collections.abc import Mapping
from typing import Any, NamedTuple, final

from coursekit.check.finding import Finding
from coursekit.document import Item
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question


@final
class QuestionFacts(NamedTuple):
    """One question, as JSON can hold it. Lines are those of the fields, or of what says them for all."""

    id: str
    line: int
    objective: str | None
    objective_line: int
    lab: str | None
    lab_line: int
    related: tuple[str, ...]
    related_line: int
    links: tuple[tuple[int, str], ...]
    """Relative addresses and their lines."""
    keys: tuple[int, ...]
    """The places of its keys among its options, from 1."""
    lengths: tuple[int, ...]
    """Letters of each option; nothing where it has none."""


@final
class TopicFacts(NamedTuple):
    """A topic's file: its questions, its objectives with their lines, and what was found in it alone."""

    path: str
    folder: str
    objectives: Mapping[str, int]
    questions: tuple[QuestionFacts, ...]
    findings: tuple[Finding, ...]


@final
class CourseFacts(NamedTuple):
    """All topics, and the names that can be linked to."""

    topics: tuple[TopicFacts, ...]
    labs: tuple[str, ...]
    ids: tuple[str, ...]


def option_facts(question: Question) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places of the keys, and the lengths of the options; nothing for what a run decides."""
    items: Any = getattr(question.body, "items", ())
    options = [item for item in items if isinstance(item, Item) and item.is_checked is not None]
    if isinstance(question.body, Experiment) or not options:
        return (), ()
    keys = tuple(place for place, item in enumerate(options, 1) if item.is_checked)
    return keys, tuple(len(item.text) for item in options)
