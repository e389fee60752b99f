"""A prediction whose outcome changes with the seed."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules._examples import question

_TEXT = question(
    metadata="""id: half
lab: digits
kind: predict
ask: which_is_lower
runs: [{learning_rate: RATE}, {learning_rate: 2.0}]""",
    options="- the first\n- the second",
)

PLUGIN = LabRule(
    finds="A prediction whose outcome changes with the seed",
    why=("Nobody can know it, so it tests luck. Ten seeds are tried where anything is random. Found with --labs."),
    example=Example(_TEXT.replace("RATE", "1.0"), _TEXT.replace("RATE", "0.1").replace("2.0", "1.0")),
)
