"""Kept keys that cannot be read."""

from coursekit.check.rule import Example, ReaderRule

PLUGIN = ReaderRule(
    finds="Kept keys that cannot be read",
    why=(
        "content/predict.lock is written by 'coursekit lock' and holds what runs decided. Delete it and make it again."
    ),
    example=Example("{", "{}", "content/predict.lock"),
)
