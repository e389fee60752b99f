"""What can be found, by its words. Things are taken in one by one, and what is in can be found at once."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from math import log
from typing import final

from coursekit.search.typos import Vocabulary
from coursekit.search.words import plain, words

TITLE, ABOUT, TEXT = range(3)
"""Where a word may stand: in the title or the name, in what is said about a thing, in its text."""
_WORTH = (1.0, 0.6, 0.4)
_WHOLE, _BEGUN, _SLIP = 1.0, 0.85, 0.6  # a word as typed, one that begins so, one with a slip (squared for two)
_PHRASE = 0.15  # for all that was typed standing in the title as it was typed
_LONGEST_QUERY = 12  # words


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found. `kind` says how to open it (question, lab, note …), `place` where it belongs."""

    kind: str
    name: str
    title: str
    place: str = ""
    says: str = ""
    """A line of its own that is shown with it, such as a note."""


@final
@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, and how well it fits: near 1 is the very words in the title."""

    entry: Entry
    score: float


@final
class Index:
    """Entries by their words. Nothing here knows where they come from."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._titles: list[str] = []
        self._having: tuple[dict[str, array[int]], ...] = ({}, {}, {})
        self._known: set[str] = set()
        self._vocabulary = Vocabulary()
        self._found: dict[str, dict[int, float]] = {}

    def add(self, entry: Entry, *also: str) -> int:
        """Take in an entry by its title, its name, and `also` what is said about it; return its number."""
        number = len(self.entries)
        self.entries.append(entry)
        self._titles.append(plain(entry.title))
        self.put(number, TITLE, f"{entry.title} {entry.name}")
        self.put(number, ABOUT, " ".join((entry.place, *also)))
        self.put(number, TEXT, entry.says)
        return number

    def put(self, number: int, where: int, text: str) -> None:
        """Add words to an entry: TITLE, ABOUT or TEXT."""
        having = self._having[where]
        for word in set(words(text, joined=True)):
            if word not in self._known:
                self._known.add(word)
                self._vocabulary.add(word)
            having.setdefault(word, array("I")).append(number)
        self._found.clear()

    def find(self, query: str, most: int = 50) -> tuple[Hit, ...]:
        """Return what has all words of a query, the best first; a word may be begun, or mistyped.

        Where nothing has all of them, what has most is returned.
        """
        typed = tuple(dict.fromkeys(words(query)))[:_LONGEST_QUERY]
        fits = [self._fitting(word) for word in typed]
        numbers = _in_most(fits)
        weights = [log(2 + len(self.entries) / (1 + len(fit))) for fit in fits]
        phrase, whole = plain(query).strip(), sum(weights)

        def score(number: int) -> float:
            earned = sum(weight * fit.get(number, 0.0) for weight, fit in zip(weights, fits, strict=True)) / whole
            return earned + _PHRASE * (phrase in self._titles[number])

        ranked = nsmallest(most, ((-score(number), number) for number in numbers))
        return tuple(Hit(self.entries[number], -minus) for minus, number in ranked)

    def _fitting(self, word: str) -> dict[int, float]:
        """Return how well each entry fits one word that was typed; kept until something is added."""
        if word not in self._found:
            self._found[word] = self._fit(word)
        return self._found[word]

    def _fit(self, word: str) -> dict[int, float]:
        """Look a word up as it is, as a beginning, and as mistyped; the best of these counts."""
        found: dict[float, list[array[int]]] = {}
        for known, quality in self._alike(word):
            for having, worth in zip(self._having, _WORTH, strict=True):
                if known in having:
                    found.setdefault(quality * worth, []).append(having[known])
        fit: dict[int, float] = {}
        for gain in sorted(found):  # what is worth more is written over what is worth less
            fit |= dict.fromkeys(chain.from_iterable(found[gain]), gain)
        return fit

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        is_known = False
        for known in self._vocabulary.beginning(word):
            is_known = True
            yield known, _WHOLE if known == word else _BEGUN
        if is_known and len(word) < 4:
            return
        for known, count in self._vocabulary.like(word, begun=not is_known):
            yield known, _SLIP**count


def _in_most(fits: list[dict[int, float]]) -> set[int]:
    """Return the entries that fit all words, or where there are none, as many of them as any does."""
    everywhere = set(fits[0]).intersection(*fits[1:]) if fits else set[int]()
    if everywhere or len(fits) < 2:
        return everywhere
    counts: dict[int, int] = {}
    for number in chain.from_iterable(fits):
        counts[number] = counts.get(number, 0) + 1
    best = max(counts.values(), default=0)
    return {number for number, count in counts.items() if count == best}
