"""One key among several options.

```yaml question
id: batch-noise-variance
```

With independent sampling, doubling the batch size multiplies the variance of the gradient by

- [ ] $2$
  > More terms in a mean make it steadier, not noisier.
- [x] $1/2$
"""

from dataclasses import dataclass
from typing import Self, final

from coursekit.document import Item
from coursekit.model import Choice, Mark, Response
from coursekit.questions._body import Body, Material
from coursekit.questions._options import keys_of, option_mark, read_options


@final
@dataclass(frozen=True, slots=True)
class SingleChoice(Body):
    """Options of which exactly one is the key."""

    items: tuple[Item, ...]

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read a task list with one checked box."""
        stem, items = read_options(material)
        if (count := len(keys_of(items))) != 1:
            code = "two-keys" if count else "no-key"
            raise material.error(f"A single-choice question needs one key, this has {count}. Check one box.", code=code)
        return stem, cls(items)

    def interaction(self) -> Choice:
        """Ask for one option."""
        return Choice(tuple(item.text for item in self.items))

    def key(self) -> Response:
        """Return the number of the checked option."""
        return keys_of(self.items)

    def grade(self, response: Response) -> Mark:
        """All or nothing."""
        return option_mark(float(response == self.key()), self.items, response, self.key())


PLUGIN = SingleChoice
