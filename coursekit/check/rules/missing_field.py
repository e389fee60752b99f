"""A field that must be there."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A field that must be there",
    why="A question is known by its id in every record, and a topic by its title.",
    example=Example(question(metadata="lab: bowl"), question(metadata="id: half\nlab: bowl")),
)
