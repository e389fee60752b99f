"""One question as the rules see it: its section, its variants, and its pieces of text with their lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import final

from coursekit.course import Course, Topic
from coursekit.document import Section
from coursekit.errors import ContentError
from coursekit.lab.definition import Lab
from coursekit.lab.lock import Locked
from coursekit.questions._figures import values_of
from coursekit.questions._question import Question
from coursekit.questions._read import fill
from coursekit.questions._variants import draw, how_many

MOST_VARIANTS = 200
_ENOUGH_FAILURES = 5


@final
@dataclass(frozen=True)  # no slots: the pieces are cut once
class Case:
    """A question that could be read, in some variants, and what it hangs on."""

    topic: Topic
    section: Section
    variants: tuple[Question, ...]
    labs: Mapping[str, Lab]
    kept: Mapping[str, Locked] | None
    """The kept keys; None when they cannot be read."""
    folder: Path
    """Where the topic's file lies."""

    @property
    def question(self) -> Question:
        """The first variant."""
        return self.variants[0]

    @property
    def lab(self) -> Lab | None:
        """The question's lab, if it can be read."""
        return self.labs.get(self.question.lab or "")

    @cached_property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """What a learner reads of the first variant, each piece with its first line."""
        kept = {name: locked.observed for name, locked in (self.kept or {}).items()}
        told = values_of(self.question.figures, self.question.id, kept)
        values = draw(self.section.fields(), self.question.seed) | told
        pieces = (self.section.text, *(part.text for part in self.section.parts if part.title != "Rubric"))
        return tuple((text.line, fill(text, self.section.path, values)) for text in pieces)

    def line_of(self, name: str) -> int:
        """Line of a field of the question, else of its heading."""
        fields = self.section.fields()
        return fields.line_of(name) if name in fields else self.section.line

    def said(self, question: Question) -> str:
        """Name a variant's values: ' for lr = 0.1'; nothing where there is but one."""
        if len(self.variants) == 1:
            return ""
        values = draw(self.section.fields(), question.seed)
        return " for " + ", ".join(f"{name} = {value:g}" for name, value in values.items()) if values else ""


def read_variants(course: Course, topic: Topic, name: str) -> Iterator[Question | ContentError]:
    """Read a question in all its variants, or in 200 of very many; what fails on a line in several comes once."""
    failed: set[int] = set()
    failures = 0
    for seed in range(_count(topic.sections[name])):
        try:
            yield course.question(name, seed)
        except ContentError as error:
            if error.line not in failed:
                failed.add(error.line)
                yield error
            failures += 1
            if failures == _ENOUGH_FAILURES:  # to find that no variant is allowed takes a thousand draws each time
                return


def _count(section: Section) -> int:
    if not section.fence or "params" not in section.fence.source:
        return 1
    try:
        return max(1, min(MOST_VARIANTS, how_many(section.fields())))
    except ContentError:
        return 1  # reading the question tells it
