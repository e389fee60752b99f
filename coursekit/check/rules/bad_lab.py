"""A lab that cannot be read."""

from coursekit.check.rule import Example, ReaderRule

LAB = """---
title: Down a bowl
config: {model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}, optimizer: sgd, learning_rate: 0.1, steps: 20}
knobs:
  learning_rate: {min: 0.01, max: 1}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 2}
solution: {learning_rate: 0.5}
wrong:
  - {learning_rate: 0.01}
---

Find a rate that reaches the bottom.
"""

PLUGIN = ReaderRule(
    finds="A lab that cannot be read",
    why="A lab's text has parts (### Hint, ### Explanation) but no sections, and a goal has one bound.",
    example=Example(LAB.replace("at_most: 1.0e-3, ", ""), LAB, "labs/other/lab.md"),
)
