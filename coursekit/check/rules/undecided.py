"""A prediction that its run does not decide."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules._examples import question

_TEXT = question(
    metadata="id: half\nlab: bowl\nkind: predict\nrun: {learning_rate: RATE, steps: 20}",
    options="- converges\n- diverges",
)

PLUGIN = LabRule(
    finds="A prediction that its run does not decide",
    why="What the run does must be one of the options, or a number. Found with --labs.",
    example=Example(_TEXT.replace("RATE", "1.0"), _TEXT.replace("RATE", "0.4")),
)
