"""Write a function in one's own editor. Starter, reference and cases live in the lab's folder, and the lab grades it.

```yaml question
id: write-sgd-step
kind: code
lab: write-sgd
entry: sgd_step
```

Write `sgd_step(params, grads, learning_rate)`: it returns the updated parameters and leaves its inputs alone.
"""

from dataclasses import dataclass, replace
from keyword import iskeyword
from typing import Self, final

from coursekit.model import Mark, Program, Response
from coursekit.questions._body import Body, Material


@final
@dataclass(frozen=True, slots=True)
class WriteCode(Body):
    """The name of the function to write. There is no key here: many programs are right."""

    entry: str
    earned: float | None = None
    """The share of its points that the lab's checks gave it, in [0, 1]; None while they have not run."""

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the name of the function."""
        entry = material.fields.text("entry")
        if not entry.isidentifier() or iskeyword(entry):
            message = f"'{entry}' cannot be the name of a function. Write for example 'entry: sgd_step'."
            raise material.fields.error("entry", message)
        return material.text.source, cls(entry)

    def interaction(self) -> Program:
        """Ask for a program."""
        return Program(self.entry)

    def key(self) -> Response:
        """Return nothing: the lab tells."""
        return ()

    def grade(self, response: Response) -> Mark:
        """Earn what the lab gave; before it ran, nothing, whatever the response: a text is no program that ran."""
        del response
        if self.earned is None:
            return Mark(0.0, feedback=("Code is graded by its lab, which runs it.",))
        return Mark(self.earned)

    def graded(self, earned: float) -> "WriteCode":
        """Take the share of its points that the lab's checks gave, in [0, 1]."""
        return replace(self, earned=earned)


PLUGIN = WriteCode
