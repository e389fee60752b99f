"""An id that two questions have."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="An id that two questions have",
    why="Progress is kept by the id, so each needs its own.",
    example=Example(question() + question(), question() + question(metadata="id: half-again\nlab: bowl")),
)
