"""A goal that wrong settings meet with some seeds and miss with others."""

from coursekit.check.rule import Example, LabRule

_LAB = """---
title: Digits
config: {model: softmax, data: digits, optimizer: sgd, learning_rate: 0.1, batch_size: 8, steps: 20, eval_every: 20}
knobs:
  learning_rate: {min: 0.0001, max: 4, scale: log}
goals:
  - {metric: validation_loss, at_most: BOUND, points: 2}
solution: {learning_rate: 0.2}
wrong:
  - {learning_rate: 0.1}
---

Read the digits.
"""

PLUGIN = LabRule(
    finds="A goal that wrong settings meet with some seeds and miss with others",
    why="A goal met on one lucky seed is no goal. The passes of ten seeds are shown. Found with --labs.",
    example=Example(_LAB.replace("BOUND", "2.0"), _LAB.replace("BOUND", "1.9"), "labs/other/lab.md"),
)
