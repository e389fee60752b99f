"""A question without an explanation."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question


def _find(case: Case) -> Found:
    if not case.question.explanation:
        yield case.question.line, "This question has no explanation. Add '### Explanation'."


PLUGIN = QuestionRule(
    finds="A question without an explanation",
    why="A key says what, an explanation says why: it is what is learnt.",
    example=Example(question(explanation=""), question()),
    find=_find,
)
