"""A few words, compared as a reader would: case, spaces, punctuation and a leading article do not count.

The first plain key is the one that is shown. A key that begins with `re:` is a pattern for the whole response; what a
pattern can have is in `coursekit.grading.patterns`.

```yaml question
id: exploding
kind: short-answer
keys: [exploding gradients, exploding gradient, "re:gradient (explosion|blow-?up)"]
wrong:
  - {value: vanishing gradients, say: Those shrink; here the loss grows.}
```

The loss becomes `nan` a few steps after it began to grow. What is this called?
"""

from dataclasses import dataclass
from typing import Self, final

from coursekit.fields import Fields
from coursekit.grading.folding import MOST_CHARACTERS, fold
from coursekit.grading.patterns import Pattern, read_pattern
from coursekit.model import Mark, Response, TextEntry
from coursekit.questions._body import Body, Material


@final
@dataclass(frozen=True, slots=True)
class ShortAnswer(Body):
    """Texts and patterns that are right, and some that name a slip."""

    keys: tuple[str | Pattern, ...]
    slips: tuple[tuple[str | Pattern, str], ...] = ()

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the keys and the slips worth naming."""
        fields = material.fields
        try:
            keys = read_keys(fields.texts("keys"))
        except ValueError as error:
            raise fields.error("keys", str(error), code="bad-key") from None
        return material.text.source, cls(keys, _slips(fields, keys))

    def interaction(self) -> TextEntry:
        """Ask for a few words."""
        return TextEntry("a word or a few")

    def key(self) -> Response:
        """Return the first key that is no pattern."""
        return next((key,) for key in self.keys if isinstance(key, str))

    def grade(self, response: Response) -> Mark:
        """All or nothing; a known slip is named."""
        text = " ".join(response).strip()
        if _reads_as(text, self.keys):
            return Mark(1.0)
        said = [say for slip, say in self.slips if _reads_as(text, (slip,))]
        return Mark(0.0, feedback=tuple(said[:1]))


def read_keys(texts: tuple[str, ...]) -> tuple[str | Pattern, ...]:
    """Read keys, at least one of them plain. Raises ValueError, in words for the author."""
    keys = tuple(_read_key(text) for text in texts)
    plain = [key for key in keys if isinstance(key, str)]
    if not plain:
        raise ValueError("At least one plain key is needed, to be shown. Write for example 'keys: [learning rate]'.")
    seen: dict[str | Pattern, str] = {}
    for key, text in zip(keys, texts, strict=True):
        same = fold(key) if isinstance(key, str) else key
        if same in seen:
            raise ValueError(f"'{text}' says the same as '{seen[same]}'. Keep one.")
        seen[same] = text
    return keys


def _read_key(text: str) -> str | Pattern:
    if text.startswith("re:"):
        return read_pattern(text[3:].strip())
    if not fold(text):
        raise ValueError(f"The key '{text}' has no letter or digit to compare. Write a word.")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"A key has at most {MOST_CHARACTERS} characters, this has {len(text)}. Shorten it.")
    return text.strip()


def _reads_as(text: str, keys: tuple[str | Pattern, ...]) -> bool:
    if len(text) > MOST_CHARACTERS:
        return False
    folded = fold(text)
    return any(key.matches(text) if isinstance(key, Pattern) else fold(key) == folded for key in keys)


def _slips(fields: Fields, keys: tuple[str | Pattern, ...]) -> tuple[tuple[str | Pattern, str], ...]:
    slips: list[tuple[str | Pattern, str]] = []
    for entry in fields.entries("wrong"):
        if not isinstance(entry, Fields):
            raise fields.error("wrong", "Write each as '- {value: a wrong word, say: What it is instead.}'.")
        text = entry.text("value")
        try:
            slip = _read_key(text)
        except ValueError as error:
            raise entry.error("value", str(error)) from None
        if slip in keys or (isinstance(slip, str) and _reads_as(slip, keys)):
            raise entry.error(
                "value", f"'{text}' is accepted as a key. Change it, or the keys.", code="distractor-accepted"
            )
        slips.append((slip, entry.text("say")))
        entry.refuse_unknown()
    return tuple(slips)


PLUGIN = ShortAnswer
