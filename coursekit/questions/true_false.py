"""A claim to be judged. The key is a field, or a task list where each side can have its feedback.

```yaml question
id: warmup-claim
kind: true-false
key: false
```

Warm-up always lowers the final loss.
"""

from dataclasses import dataclass
from typing import Self, final

from coursekit.document import Item
from coursekit.model import Choice, Mark, Response
from coursekit.questions._body import Body, Material
from coursekit.questions._options import keys_of, option_mark, read_options


@final
@dataclass(frozen=True, slots=True)
class TrueFalse(Body):
    """Two options, True and False, in this order."""

    items: tuple[Item, Item]

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the key from its field, else from a task list."""
        if "key" in material.fields:
            return material.text.source, cls(_from_field(material))
        stem, items = read_options(material)
        if [item.text.casefold() for item in items] != ["true", "false"] or len(keys_of(items)) != 1:
            raise material.error(
                "Write 'key: true' or 'key: false', or the options True and False, one checked.", code="no-key"
            )
        return stem, cls((items[0], items[1]))

    def interaction(self) -> Choice:
        """Ask for one side."""
        return Choice(tuple(item.text for item in self.items))

    def key(self) -> Response:
        """Return "1" for true, "2" for false."""
        return keys_of(self.items)

    def grade(self, response: Response) -> Mark:
        """All or nothing."""
        return option_mark(float(response == self.key()), self.items, response, self.key())


def _from_field(material: Material) -> tuple[Item, Item]:
    key = material.fields.value("key")
    if not isinstance(key, bool):
        raise material.fields.error("key", "A true-false question needs 'key: true' or 'key: false'.", code="no-key")
    return Item("True", material.line, key, "", ()), Item("False", material.line, not key, "", ())


PLUGIN = TrueFalse
