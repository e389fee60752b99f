"""Evidence for rubric points in free text: each point has groups of synonyms, and each group must be found.

    - (2) A larger batch gives a less noisy gradient.
      - variance | noise | noisy | spread
      - falls | lower | less | smaller | shrinks | averag*

This finds words, not meaning: it suggests, and the learner confirms. What is not found may still have been said.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import final

from coursekit.model import Evidence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEAR = 25
"""Words of one point stand within this many words of each other."""


@final
@dataclass(frozen=True, slots=True)
class RubricPoint:
    """What a full response says, what it is worth, and the words that would show it."""

    says: str
    points: float
    groups: tuple[tuple[str, ...], ...]


def find_evidence(response: str, rubric: tuple[RubricPoint, ...]) -> tuple[Evidence, ...]:
    """Look for each point of the rubric in a response, in the rubric's order."""
    words = _words(response)
    return tuple(_evidence(response, words, point) for point in rubric)


def suggested_fraction(evidence: tuple[Evidence, ...]) -> float:
    """Share of the rubric's points whose evidence was found as a whole."""
    total = sum(item.points for item in evidence)
    return sum(item.points for item in evidence if item.share >= 1) / total if total else 0.0


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


def _evidence(response: str, words: list[tuple[str, int, int]], point: RubricPoint) -> Evidence:
    """Take the stretch of the response that holds most of the point's groups."""
    hits = [[i for i, (word, _, _) in enumerate(words) if _matches(words, i, word, group)] for group in point.groups]
    anchors = sorted({i for group in hits for i in group})
    best: list[int] = []
    for anchor in anchors:
        near = [group[bisect_left(group, anchor) :][:1] for group in hits]
        found = [i for first in near for i in first if i <= anchor + _NEAR]
        if len(found) > len(best):
            best = found
    share = len(best) / len(point.groups)
    return Evidence(point.says, point.points, _quotes(response, words, best), share)


def _matches(words: list[tuple[str, int, int]], start: int, word: str, group: tuple[str, ...]) -> bool:
    return any(_matches_phrase(words, start, word, phrase) for phrase in group)


def _matches_phrase(words: list[tuple[str, int, int]], start: int, word: str, phrase: str) -> bool:
    wanted = _fold(phrase).split()
    if not wanted or not _matches_word(word, wanted[0]) or start + len(wanted) > len(words):
        return False
    return all(_matches_word(words[start + k][0], want) for k, want in enumerate(wanted))


def _matches_word(word: str, want: str) -> bool:
    if want.endswith("*"):
        return word.startswith(want[:-1])
    return word == want or _stem(word) == _stem(want)


def _stem(word: str) -> str:
    """Take off a plural or verb ending; enough to meet 'batch' in 'batches'.

    >>> _stem("batches") == _stem("batch"), _stem("updates") == _stem("updating")
    (True, True)
    """
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(_fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def _quotes(response: str, words: list[tuple[str, int, int]], hits: list[int]) -> tuple[str, ...]:
    """Quote the response from its first to its last hit, with a word on either side."""
    if not hits:
        return ()
    first, last = max(0, min(hits) - 1), min(len(words) - 1, max(hits) + 1)
    return (" ".join(response[words[first][1] : words[last][2]].split()),)
