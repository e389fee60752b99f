"""A lab without a solution or without wrong settings."""

from coursekit.check.rule import Example, LabRule
from coursekit.check.rules.bad_lab import LAB

PLUGIN = LabRule(
    finds="A lab without a solution or without wrong settings",
    why=(
        "A lab carries its own proof: settings that meet every goal, and some that must not. 'check --labs' runs them."
    ),
    example=Example(LAB.replace("wrong:\n  - {learning_rate: 0.01}\n", ""), LAB, "labs/other/lab.md"),
)
