"""Text behind the options."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="Text behind the options",
    why="A learner would read it after choosing.",
    example=Example(question(options="- [x] a half\n- [ ] two\n\nChoose one."), question()),
)
