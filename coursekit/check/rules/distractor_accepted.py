"""A tolerance that accepts a wrong value."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

_META = """id: half
lab: bowl
kind: numeric
key: 0.5
tolerance: {abs: NEAR}
wrong: [{value: 0.6, say: Count again.}]"""

PLUGIN = ReaderRule(
    finds="A tolerance that accepts a wrong value",
    why="A slip that is worth naming must not be right by the tolerance, in any variant.",
    example=Example(
        question(metadata=_META.replace("NEAR", "0.2"), options=""),
        question(metadata=_META.replace("NEAR", "0.05"), options=""),
    ),
)
