"""A lab in a folder whose name cannot be written in a question."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules.bad_lab import LAB

PLUGIN = LabRule(
    finds="A lab in a folder whose name cannot be written in a question",
    why="A question names its lab by the folder: letters, digits, dashes, dots and underscores.",
    example=Example(LAB, "", "labs/two words/lab.md"),
)
