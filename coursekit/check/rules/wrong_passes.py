"""Wrong settings that meet every goal, or wrong code that passes."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules.bad_lab import LAB

PLUGIN = LabRule(
    finds="Wrong settings that meet every goal, or code that should fail and passes",
    why="The goal separates nothing that it was made to separate. Found with --labs.",
    example=Example(LAB.replace("- {learning_rate: 0.01}", "- {learning_rate: 0.4}"), LAB, "labs/other/lab.md"),
)
