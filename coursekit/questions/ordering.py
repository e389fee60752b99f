"""Put items in order. The list is written in the right one; `scoring` is `lcs` (default) or `all`.

`lcs`: the longest common subsequence with the right order, less the one item that any order has, so that a reversed one
earns nothing. The order shown at first is never the right one, nor near it.

```yaml question
id: step-order
kind: ordering
scoring: lcs
```

Put the parts of one training step in order.

1. draw a mini-batch
2. forward pass
3. compute the loss
4. backward pass
5. update the parameters
"""

import re
from dataclasses import dataclass
from typing import Self, final

from coursekit.document import Item, last_list
from coursekit.grading.sequence import disordered, in_order
from coursekit.model import Mark, Ordering, Response
from coursekit.questions._body import Body, Material

_PARTLY = "Credit is for the longest run of items that follow each other rightly, wherever they stand."
_MOST = 50
_BARE = re.compile(r"[-*+]?|\d+[.)]")  # an item that is nothing but its marker is read as that


@final
@dataclass(frozen=True, slots=True)
class OrderItems(Body):
    """Items in their right order, and the one in which they are shown."""

    items: tuple[str, ...]
    shown: tuple[int, ...]
    scoring: str

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read a numbered list of at least three items: of two, whoever moves one is right."""
        text, found = last_list(material.text, material.path, ordered=True)
        if len(found) > _MOST:
            raise material.error(f"At most {_MOST} items can be put in order; these are {len(found):,}. Take some out.")
        items = plain_texts(material, found)
        if len(items) < 3:
            raise material.error("At least three items are needed: lines '1. first', '2. second', '3. third'.")
        scoring = material.fields.choice("scoring", ("all", "lcs"), "lcs")
        return text.source, cls(items, disordered(len(items), material.seed), scoring)

    def interaction(self) -> Ordering:
        """Ask for all items in order."""
        return Ordering(self.items, self.shown)

    def key(self) -> Response:
        """Return the numbers in the author's order."""
        return tuple(str(number) for number in range(1, len(self.items) + 1))

    def grade(self, response: Response) -> Mark:
        """Mark by the question's scoring."""
        share = in_order(response, self.key())
        if self.scoring == "all":
            return Mark(float(share == 1))
        return Mark(share, () if share in (0, 1) else (_PARTLY,))


def plain_texts(material: Material, items: tuple[Item, ...]) -> tuple[str, ...]:
    """Return the texts of items that are nothing but different texts. Raises ContentError."""
    seen: dict[str, int] = {}
    for item in items:
        same = " ".join(item.text.split())
        if _BARE.fullmatch(same):
            raise material.error("This item is empty. Write its text after the number or dash.", item.line)
        if same in seen:
            raise material.error(f"This item stands here twice, first on line {seen[same]}. Keep one.", item.line)
        if item.quote or item.items or item.is_checked is not None:
            message = "An item here is one text, without a box, a quote or a list. Move those to '### Explanation'."
            raise material.error(message, item.line)
        seen[same] = item.line
    return tuple(item.text for item in items)


PLUGIN = OrderItems
