"""A lab serves what is due of its objectives: a grade with every point counts as a review of each, once.

It is kept as an attempt without a response, whose purpose is `lab`; `coursekit/rating.py` says how it is rated.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coursekit.course import Course
from coursekit.errors import ContentError
from coursekit.model import Attempt
from coursekit.rating import IN_LAB

if TYPE_CHECKING:  # opens SQLite
    from coursekit.questions._question import Question
    from coursekit.store.labs import LabGrade
    from coursekit.store.store import Store

_GRADED_THERE = "code"  # its lab's grade is a response to it


def serve_due(store: "Store", course: Course, grade: "LabGrade") -> tuple[str, ...]:
    """Save a review of each objective that is due and has this lab; return the questions. Raises StoreError."""
    if grade.points < grade.out_of:
        return ()
    served = tuple(_served(store, course, grade))
    if served:
        store.add_attempts([_attempt(question, grade) for question in served])
    return tuple(question.id for question in served)


def _served(store: "Store", course: Course, grade: "LabGrade") -> "Iterator[Question]":
    """Find of each objective the question that is overdue the longest; a confident miss has to be asked itself."""
    held, objectives = store.asides.held(grade.at), set[tuple[str, str]]()
    due = [card for card in store.cards().values() if card.is_due(grade.at) and not card.was_sure]
    for card in sorted(due, key=lambda card: (card.due, card.question)):
        topic = course.topic_of.get(card.question)
        facts = topic.facts[card.question] if topic else None
        if not topic or not facts or not facts.objective or facts.kind == _GRADED_THERE or card.question in held:
            continue
        objective = (topic.document.path, facts.objective)
        if objective not in objectives and (question := _of_lab(course, card.question, grade.lab)):
            objectives.add(objective)
            yield question


def _of_lab(course: Course, name: str, lab: str) -> "Question | None":
    """Read a question that leads to a lab; None for one that does not, or cannot be read."""
    if course.facts(name).lab not in ("", lab):
        return None
    try:
        question = course.question(name)
    except ContentError:
        return None
    return question if question.lab == lab else None


def _attempt(question: "Question", grade: "LabGrade") -> Attempt:
    return Attempt(
        question=question.id,
        fingerprint=question.fingerprint,
        response=(),
        mark=1.0,
        points=question.points,
        is_suggestion=False,
        hints=0,
        seed=question.seed,
        started=grade.at,
        finished=grade.at,
        purpose=IN_LAB,
    )
