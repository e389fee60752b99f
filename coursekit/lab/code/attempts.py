"""What a grade of a lab says about each function: a question of kind code asks for one, the lab's checks call it.

A check that ended in an error has no result to judge. A function without any result is like an empty field: it is no
attempt at its question, though it earned nothing in the lab.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.questions._question import Question
from coursekit.questions.code import WriteCode


@final
@dataclass(frozen=True, slots=True)
class Earned:
    """What the checks of one function came to."""

    points: float
    out_of: float
    has_result: bool
    """Whether it gave anything that could be judged."""

    @property
    def fraction(self) -> float:
        """The share of its points, in [0, 1]."""
        return self.points / self.out_of if self.out_of else 0.0


def earned_by(entry: str, checks: Sequence[Mapping[str, Any]]) -> Earned:
    """Sum up the recorded checks that call a function."""
    mine = [check for check in checks if check["call"] == entry]
    return Earned(
        sum(check["earned"] for check in mine),
        sum(check["points"] for check in mine),
        any(check["verdict"] != "error" for check in mine),
    )


def written_for(course: Course, lab: str) -> Iterator[tuple[Question, WriteCode]]:
    """Find the questions whose functions are written in a lab; those that cannot be read are left out."""
    for name in _candidates(course):
        try:
            question = course.question(name)
        except ContentError:
            continue
        if isinstance(question.body, WriteCode) and question.lab == lab:
            yield question, question.body


def _candidates(course: Course) -> Iterator[str]:
    """List the questions whose metadata may name a function: to read a large bank as a whole takes seconds."""
    for topic in course.topics:
        try:
            sections = topic.sections
        except ContentError:
            continue
        yield from (name for name, section in sections.items() if section.fence and "entry" in section.fence.source)
