"""A line of a file that cannot be read as what it should be."""

from coursekit.check.rule import Example, ReaderRule

PLUGIN = ReaderRule(
    finds="A line of a file that cannot be read as what it should be",
    why="The message says what is expected there, as of the graded responses that 'check --grading' reads.",
    example=Example('{"question": "none"}\n', "\n", "content/gold/tune.jsonl"),
)
