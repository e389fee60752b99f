"""A question without a lab."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question


def _find(case: Case) -> Found:
    if case.question.lab is None:
        message = "This question has no lab. Name one with 'lab: …', here or in the topic's defaults."
        yield case.question.line, message


PLUGIN = QuestionRule(
    finds="A question without a lab",
    why="Each question leads to a run in which it can be seen.",
    example=Example(question(metadata="id: half"), question()),
    find=_find,
)
