"""A ### heading that is no part of a question."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A ### heading that is no part of a question",
    why=("Parts are Hint, Explanation, References, Rubric and Model response. --fix mends the ones that are sure."),
    example=Example(question(hint="### Hnt\n\nThe gradient is a mean."), question()),
)
