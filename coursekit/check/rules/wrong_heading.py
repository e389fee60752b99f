"""A heading of the wrong depth."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A heading of the wrong depth",
    why="## begins a question and ### a part of it; the topic has its title in the front matter.",
    example=Example(question(hint="#### Hint\n\nThe gradient is a mean."), question()),
)
