"""A question whose parts do not make one of its kind."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A question whose parts do not make one of its kind",
    why=("Each kind needs its own parts: a list of options, a rubric, pairs. The message says what is missing."),
    example=Example(question(options="- [x] a half"), question()),
)
