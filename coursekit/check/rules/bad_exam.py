"""An exam that cannot be read."""

from coursekit.check.rule import Example, ReaderRule

EXAM = """---
title: A short test
questions: 1
from:
  - {lesson: Basics, kinds: [true-false], count: 1}
minutes: 5
pass: 60
---

One question at random.
"""
CLAIM = """---
title: More
lesson: Basics
objectives: {LO-2: Judge a claim}
---

## A claim

```yaml question
id: claim
kind: true-false
key: false
objective: LO-2
lab: bowl
```

A larger batch makes the gradient noisier.

### Hint

A mean.

### Explanation

It makes it calmer.
"""

PLUGIN = ReaderRule(
    finds="An exam that cannot be read",
    why="The counts make up the number of questions, topics and lessons are those of the course, and a machine grades.",
    example=Example(
        EXAM.replace("Basics", "Advanced"), EXAM, "content/exams/short.md", beside={"content/2-more.md": CLAIM}
    ),
)
