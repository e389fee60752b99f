"""A formula that cannot be shown as it is meant."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.prose.unrendered import unrendered


def _find(case: Case) -> Found:
    for line, text in case.texts:
        if "$" in text:
            for found in unrendered(text):
                yield line + found.line, f"The formula '{found.formula}' cannot be shown: {found.why}."


PLUGIN = QuestionRule(
    finds="A formula that cannot be shown as it is meant",
    why=(
        "A learner would read TeX, an error text, or a line that is wider than 72 cells. Use another command, "
        "or split it."
    ),
    example=Example(question(stem="The variance is $\\sigmaa^2/B$."), question(stem="The variance is $\\sigma^2/B$.")),
    find=_find,
)
