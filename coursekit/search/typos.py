"""Words that were nearly typed: a list of words by their pairs of letters, and how many slips lie between two words."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import final

_MOST_CANDIDATES = 150  # held against what was typed, one by one


@final
class Vocabulary:
    """Words, of which those that begin like a text or are like it are found without looking at all of them."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._with: dict[str, array[int]] = {}
        self._sorted: list[str] = []

    def add(self, word: str) -> None:
        """Take in a word that is not known yet."""
        number = len(self._words)
        self._words.append(word)
        for pair in _pairs(word):
            self._with.setdefault(pair, array("I")).append(number)

    def beginning(self, text: str) -> Iterator[str]:
        """Yield the words that begin with a text, the text itself among them."""
        if len(self._sorted) < len(self._words):
            self._sorted = sorted((*self._sorted, *self._words[len(self._sorted) :]))
        for place in range(bisect_left(self._sorted, text), len(self._sorted)):
            if not self._sorted[place].startswith(text):
                return
            yield self._sorted[place]

    def like(self, text: str, *, begun: bool) -> Iterator[tuple[str, int]]:
        """Yield words that differ from a text by a few slips, and how many; with `begun`, of their beginnings too."""
        most = slips_allowed(text)
        if not most:
            return
        for word in self._candidates(text, most, begun=begun):
            found = slips(text, word, most, begun=begun)
            if found:
                yield word, found

    def _candidates(self, text: str, most: int, *, begun: bool) -> Iterable[str]:
        """Return the words that share the most pairs of letters with a text."""
        pairs = _pairs(text)
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(self._with.get(pair, ()))
        least, size = max(1, len(pairs) - 2 * most), len(text)
        fitting = (
            (-count, len(word), word)
            for number, count in shared.items()
            if count >= least
            and -most <= len(word := self._words[number]) - size
            and (begun or len(word) <= size + most)
        )
        return (word for _, _, word in nsmallest(_MOST_CANDIDATES, fitting))


def slips_allowed(text: str) -> int:
    """Return how many slips a text may have: none below 3 letters, 1 below 8, else 2."""
    return 0 if len(text) < 3 else 1 if len(text) < 8 else 2


def slips(typed: str, word: str, most: int, *, begun: bool = False) -> int | None:
    """Count the letters left out, put in, changed or swapped with the next one; None for more than `most`.

    With `begun`, what is typed need only be the beginning of the word. The distance is the "optimal string
    alignment" one of Damerau, https://doi.org/10.1145/363958.363994, where no piece is mended twice.

    >>> slips("sdg", "sgd", 1), slips("momentun", "momentum", 2), slips("gradei", "gradient", 1, begun=True)
    (1, 1, 1)
    >>> slips("adam", "lion", 2) is None
    True
    """
    word = word[: len(typed) + most] if begun else word
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            cost = before[j - 1] if letter == other else 1 + min(before[j - 1], before[j], row[j - 1])
            if i > 1 and j > 1 and letter == word[j - 2] and other == typed[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    found = min(row) if begun else row[-1]
    return found if found <= most else None


def _pairs(word: str) -> set[str]:
    """Return its neighbouring letters without their order, so that one slip costs a word two of them at most."""
    marked = f"^{word}"
    return {min(pair) + max(pair) for pair in zip(marked, word, strict=False)}
