"""A field that nothing reads."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A field that nothing reads",
    why="Most are misspelt, and what they say would be lost. --fix mends the ones whose word is sure.",
    example=Example(
        question(metadata="id: half\nlab: bowl\npionts: 2"), question(metadata="id: half\nlab: bowl\npoints: 2")
    ),
)
