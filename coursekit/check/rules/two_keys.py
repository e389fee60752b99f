"""A single-choice question with more than one key."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A single-choice question with more than one key",
    why="With two boxes checked and nothing said it is multiple-choice; a single-choice question has one.",
    example=Example(
        question(metadata="id: half\nlab: bowl\nkind: single-choice", options="- [x] a half\n- [x] 1/2\n- [ ] two"),
        question(metadata="id: half\nlab: bowl\nkind: single-choice", options="- [x] a half\n- [ ] two"),
    ),
)
