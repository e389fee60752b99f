"""Give each prompt its partner. A partner of the prompt `_` is a distractor and is left over.

The arrow is `->` or `→` between spaces, outside of code and maths. Partners that read the same count as the same.

```yaml question
id: match-rules
kind: matching
```

What does each method take as its step?

- SGD -> a step along the mini-batch gradient
- Momentum -> a step along a running average of gradients
- Adam -> a step scaled by a running second moment
- _ -> a step along the exact Newton direction
"""

import re
from dataclasses import dataclass
from typing import Self, final

from coursekit.document import Item
from coursekit.grading.sequence import shuffled
from coursekit.model import Mark, Matching, Response
from coursekit.questions._body import Body, Material
from coursekit.questions.cloze import VERBATIM
from coursekit.questions.ordering import plain_texts

_ARROW = re.compile(rf"{VERBATIM}|\s(?P<arrow>->|→)(?=\s)", re.DOTALL | re.MULTILINE)
_MOST = 20
_EXAMPLE = "Write for example '- SGD -> a step along the gradient'."


@final
@dataclass(frozen=True, slots=True)
class MatchPairs(Body):
    """Prompts, their partners in the same order and then the distractors, and the order in which partners are shown."""

    prompts: tuple[str, ...]
    partners: tuple[str, ...]
    shown: tuple[int, ...]

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read a list of at least two pairs."""
        text, items = material.options()
        if len(items) > _MOST:
            raise material.error(f"At most {_MOST} partners have a letter; these are {len(items)}. Split the question.")
        plain_texts(material, items)
        pairs = [(*_pair(material, item), item) for item in items]
        wanted = [(prompt, partner) for prompt, partner, _ in pairs if prompt != "_"]
        if len(wanted) < 2:
            raise material.error(f"At least two pairs are needed. {_EXAMPLE}")
        _refuse_confusion(material, pairs)
        partners = (*(partner for _, partner in wanted), *(partner for prompt, partner, _ in pairs if prompt == "_"))
        return text.source, cls(tuple(prompt for prompt, _ in wanted), partners, shuffled(len(partners), material.seed))

    def interaction(self) -> Matching:
        """Ask for the partner of each prompt."""
        return Matching(self.prompts, self.partners, self.shown)

    def key(self) -> Response:
        """Return the numbers of the partners, in the order of the prompts."""
        return tuple(str(number) for number in range(1, len(self.prompts) + 1))

    def grade(self, response: Response) -> Mark:
        """Share of the prompts that have their partner."""
        text = {str(number): partner for number, partner in enumerate(self.partners, 1)}
        right = sum(
            given in text and _is_same(text[given], text[key]) for given, key in zip(response, self.key(), strict=False)
        )
        return Mark(right / len(self.prompts))


def _pair(material: Material, item: Item) -> tuple[str, str]:
    text = f" {item.text} "
    arrows = [found for found in _ARROW.finditer(text) if found["arrow"]]
    if len(arrows) != 1:
        message = f"A pair has one arrow between spaces, this has {len(arrows)}. {_EXAMPLE}"
        raise material.error(message, item.line)
    prompt, partner = text[: arrows[0].start()].strip(), text[arrows[0].end() :].strip()
    if not prompt or not partner:
        raise material.error(f"A side of this pair is empty. {_EXAMPLE} A distractor is '- _ -> its text'.", item.line)
    return prompt, partner


def _refuse_confusion(material: Material, pairs: list[tuple[str, str, Item]]) -> None:
    prompts: list[str] = []
    partners = [partner for prompt, partner, _ in pairs if prompt != "_"]
    if all(_is_same(partner, partners[0]) for partner in partners):
        raise material.error("All prompts have the same partner. Write at least two that differ.")
    for prompt, partner, item in pairs:
        if prompt == "_" and any(_is_same(partner, other) for other in partners):
            raise material.error(
                "This distractor reads as a partner of a prompt. Change it, or take it out.", item.line
            )
        if prompt != "_" and any(_is_same(prompt, other) for other in prompts):
            raise material.error(f"The prompt '{prompt}' stands here twice. Keep one.", item.line)
        prompts.append(prompt)


def _is_same(one: str, other: str) -> bool:
    """Say whether two texts read the same: only spaces and line ends differ."""
    return one.split() == other.split()


PLUGIN = MatchPairs
