"""A hostile pack: the files of a course, what it attacks, and what must hold when it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

Content = str | bytes | Callable[[Path], object]
"""What a file holds, or what makes it (a link, a FIFO, a hole of 50 MB) at its path."""

COURSE = "---\nid: hostile\ntitle: A course\nprogramme: Tests\nfield: Tests\n---\n"
OPTIONS = "- [x] right\n- [ ] wrong\n"
GOOD = f"""\
---
title: What is well
lesson: Last
---

## A good question

```yaml question
id: good
```

Is one bad file no harm to the others?

{OPTIONS}"""
CONFIG = """\
config:
  model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}
  optimizer: sgd
  learning_rate: 0.05
  steps: 3
"""
REST = """\
knobs:
  learning_rate: {min: 0.01, max: 1, scale: log}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 2}
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.01}
"""


@final
@dataclass(frozen=True, slots=True)
class Pack:
    """Files beside a course that is well, and what must be told of them. Texts to be found are regular expressions."""

    name: str
    files: Mapping[str, Content]
    finds: str = ""
    """What `coursekit check` says, with file and line; "" when nothing has to be found."""
    says: str = ""
    """What `coursekit ask` says of the question `evil`."""
    typed: str = "1\n"
    never: str = ""
    """What no command may say."""
    is_course: bool = True
    """Whether the good question can still be asked."""
    commands: tuple[tuple[str, ...], ...] = ()
    """Further commands that are run."""

    def write(self, folder: Path) -> None:
        """Write the pack into an empty folder."""
        for name, content in ({"content/course.md": COURSE, "content/9-good.md": GOOD} | dict(self.files)).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.write_text(content, encoding="utf-8", newline="")
            elif isinstance(content, bytes):
                path.write_bytes(content)
            else:
                content(path)


def topic(
    fence: str = "",
    stem: str = "Which?",
    options: str = OPTIONS,
    rest: str = "",
    front: str = "title: Evil",
    title: str = "An evil question",
) -> dict[str, Content]:
    """Make `content/1-evil.md`: front matter on line 2, the heading on 6, the fence from 9 on, its `fence` on 10."""
    text = f"---\n{front}\nlesson: First\n---\n\n## {title}\n\n```yaml question\nid: evil\n{fence}\n```\n\n"
    return {"content/1-evil.md": f"{text}{stem}\n\n{options}\n{rest}"}


def lab(front: str = CONFIG + REST, text: str = "Turn it.\n", title: str = "A lab") -> dict[str, Content]:
    """Make `labs/evil/lab.md`, its `front` from line 3 on."""
    return {"labs/evil/lab.md": f"---\ntitle: {title}\n{front}\n---\n\n{text}"}


def config(**changed: str) -> dict[str, Content]:
    """Make a lab whose config has some fields changed."""
    lines = CONFIG.splitlines()
    kept = [line for line in lines if line.split(":")[0].strip() not in changed]
    return lab("\n".join([*kept, *(f"  {name}: {value}" for name, value in changed.items()), REST]))
