"""A question without a hint."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question


def _find(case: Case) -> Found:
    if not case.question.hints:
        yield case.question.line, "This question has no hint. Add '### Hint'."


PLUGIN = QuestionRule(
    finds="A question without a hint",
    why="Who is stuck should find a way on; a ladder of hints keeps the thinking with the learner.",
    example=Example(question(hint=""), question()),
    find=_find,
)
