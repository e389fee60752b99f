"""A value that a field cannot have."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A value that a field cannot have",
    why="The message says what the field takes.",
    example=Example(
        question(metadata="id: half\nlab: bowl\npoints: -1"), question(metadata="id: half\nlab: bowl\npoints: 1")
    ),
)
