"""A question whose kind cannot be told."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A question whose kind cannot be told",
    why="A task list says it; everything else needs its kind.",
    example=Example(
        question(options=""),
        question(
            metadata="id: half\nlab: bowl\nkind: true-false\nkey: false",
            stem="Doubling the batch size halves the gradient.",
            options="",
        ),
    ),
)
