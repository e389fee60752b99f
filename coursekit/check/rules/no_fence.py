"""A question without its fence."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A question without its fence",
    why="The fence holds the id, by which the record knows the question.",
    example=Example(question(metadata=""), question()),
)
