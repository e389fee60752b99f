"""A question without a key."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A question without a key",
    why="Nobody can be right.",
    example=Example(question(options="- [ ] a half\n- [ ] two"), question()),
)
