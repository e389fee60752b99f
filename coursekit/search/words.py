"""A text -> its words, as they are looked up: small letters, no accents, nothing else."""

import re
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST = 40  # letters; nobody types more of one word


def words(text: str, *, joined: bool = False) -> tuple[str, ...]:
    """Return the words of a text in order; with `joined`, those set with hyphens as one word too.

    >>> words("Mini-batch naïveté, 0.5"), words("a mini-batch", joined=True)
    (('mini', 'batch', 'naivete', '0', '5'), ('a', 'mini', 'batch', 'minibatch'))
    """
    found: list[str] = []
    for word in _WORD.findall(plain(text)):
        if "-" in word:
            pieces = word.split("-")
            found += [*pieces, "".join(pieces)] if joined else pieces
        else:
            found.append(word)
    return tuple(word[:_LONGEST] for word in found)


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.lower()
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
