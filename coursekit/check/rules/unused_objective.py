"""An objective that no question of its topic asks for."""

from coursekit.check.facts import TopicFacts
from coursekit.check.rule import Example, Found, TopicRule

_TOPIC = """---
title: Noise
lesson: Training
objectives: {LO-7: Say what a batch does}
---

## A claim

```yaml question
id: claim
kind: true-false
key: false
lab: bowl
METADATA
```

A larger batch makes the gradient noisier.

### Hint

A mean.

### Explanation

It makes it calmer.
"""


def _find(topic: TopicFacts) -> Found:
    asked = {each.objective for each in topic.questions}
    for name, line in topic.objectives.items():
        if name not in asked:
            yield line, f"No question asks for '{name}'. Write one with 'objective: {name}', or take it out."


PLUGIN = TopicRule(
    finds="An objective that no question of its topic asks for",
    why="What is promised should be asked.",
    example=Example(
        _TOPIC.replace("METADATA", "tags: [noise]"), _TOPIC.replace("METADATA", "objective: LO-7"), "content/2-more.md"
    ),
    is_error=False,
    find=_find,
)
