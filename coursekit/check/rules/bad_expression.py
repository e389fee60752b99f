"""An expression that cannot be worked out."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="An expression that cannot be worked out",
    why=(
        "Keys, wrong values and text in {{ }} are computed from the params by a small arithmetic: a name must "
        "be one of them, and nothing may divide by zero, for any variant."
    ),
    example=Example(
        question(metadata="id: half\nlab: bowl\nkind: numeric\nparams: {b: [0, 2]}\nkey: 1 / b", options=""),
        question(metadata="id: half\nlab: bowl\nkind: numeric\nparams: {b: [1, 2]}\nkey: 1 / b", options=""),
    ),
)
