"""Metadata that is no plain YAML."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="Metadata that is no plain YAML",
    why=("Tags, aliases, duplicate names and broken lines are refused: a file is data, and reading it runs nothing."),
    example=Example(
        question(metadata="id: half\nlab: bowl\ntags: [sgd"), question(metadata="id: half\nlab: bowl\ntags: [sgd]")
    ),
)
