"""Several keys among the options; `scoring` is `net` (default), `each` or `all`.

```yaml question
id: step-direction
scoring: each
```

Which of these change the direction of a step?

- [x] momentum
- [x] per-parameter scaling, as in AdaGrad
- [ ] printing the loss
"""

from dataclasses import dataclass
from typing import Self, final

from coursekit.document import Item
from coursekit.grading import sets
from coursekit.model import Choice, Mark, Response
from coursekit.questions._body import Body, Material
from coursekit.questions._options import keys_of, option_mark, read_options


@final
@dataclass(frozen=True, slots=True)
class MultipleChoice(Body):
    """Options of which each is to be judged."""

    items: tuple[Item, ...]
    scoring: str

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read a task list with at least one checked box."""
        stem, items = read_options(material)
        if not keys_of(items):
            raise material.error("No option is a key. Check at least one box: '- [x]'.", code="no-key")
        return stem, cls(items, material.fields.choice("scoring", ("all", "each", "net"), "net"))

    def interaction(self) -> Choice:
        """Ask for each option that holds."""
        return Choice(tuple(item.text for item in self.items), many=True)

    def key(self) -> Response:
        """Return the numbers of the checked options."""
        return keys_of(self.items)

    def grade(self, response: Response) -> Mark:
        """Mark by the question's scoring."""
        return option_mark(self._fraction(set(response)), self.items, response, self.key())

    def _fraction(self, picked: set[str]) -> float:
        keys = set(self.key())
        match self.scoring:
            case "each":
                return sets.each(picked, keys, {str(n) for n in range(1, len(self.items) + 1)})
            case "all":
                return sets.whole(picked, keys)
            case _:
                return sets.net(picked, keys)


PLUGIN = MultipleChoice
