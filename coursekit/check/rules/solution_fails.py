"""A solution that does not meet every goal with every seed."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules.bad_lab import LAB

PLUGIN = LabRule(
    finds="A solution that does not meet every goal with every seed",
    why=("What is offered as the way must be one. Ten seeds are tried where anything is random. Found with --labs."),
    example=Example(
        LAB.replace("solution: {learning_rate: 0.5}", "solution: {learning_rate: 0.02}"), LAB, "labs/other/lab.md"
    ),
)
