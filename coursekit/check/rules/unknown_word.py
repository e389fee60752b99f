"""A word that is none of the allowed ones."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A word that is none of the allowed ones",
    why="A kind, a scoring or a policy is one of a few words. --fix mends the ones that are sure.",
    example=Example(
        question(metadata="id: half\nlab: bowl\nscoring: nett"), question(metadata="id: half\nlab: bowl\nscoring: net")
    ),
)
