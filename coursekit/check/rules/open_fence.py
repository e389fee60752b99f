"""A fence that is never closed."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A fence that is never closed",
    why="What follows would be read as metadata, and the next question would be lost.",
    example=Example(question().replace("bowl\n```", "bowl"), question()),
)
