"""A file that cannot be read as text."""

from coursekit.check.rule import Example, ReaderRule

PLUGIN = ReaderRule(
    finds="A file that cannot be read as text",
    why=("A course is made of ordinary UTF-8 files of at most two million bytes; links out of it are not followed."),
    example=Example("\ud800", "---\ntitle: Noise\n---\n", "content/2-more.md"),
)
