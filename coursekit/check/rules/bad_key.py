"""A key that cannot be compared."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules._examples import question

PLUGIN = ReaderRule(
    finds="A key that cannot be compared",
    why=(
        "A short answer needs one plain key at least; a pattern must not match everything, and is run so that "
        "it cannot hang: look-arounds and back-references are refused."
    ),
    example=Example(
        question(metadata='id: half\nlab: bowl\nkind: short-answer\nkeys: [a half, "re:.*"]', options=""),
        question(metadata='id: half\nlab: bowl\nkind: short-answer\nkeys: [a half, "re:(one )?half"]', options=""),
    ),
)
