"""Evidence for rubric points in free text: each point has groups of synonyms, and each group must be found.

    - (2) A larger batch gives a less noisy gradient.
      - variance | noise | noisy | spread
      - falls | lower | less | smaller | shrinks | averag*

This finds words, not meaning: it suggests, and the learner confirms. What is not found may still have been said.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import final

from coursekit.grading.words import Word, normalise, root, split_words
from coursekit.model import Evidence

_NEAR = 40
"""Words of one point stand within this many words of each other, about two sentences."""


@final
@dataclass(frozen=True, slots=True)
class RubricPoint:
    """What a full response says, what it is worth, and the words that would show it."""

    says: str
    points: float
    groups: tuple[tuple[str, ...], ...]


def find_evidence(response: str, rubric: tuple[RubricPoint, ...]) -> tuple[Evidence, ...]:
    """Look for each point of the rubric in a response, in the rubric's order."""
    words = split_words(response)
    return tuple(_evidence(response, words, point) for point in rubric)


def suggested_fraction(evidence: tuple[Evidence, ...]) -> float:
    """Share of the rubric's points whose evidence was found as a whole."""
    total = sum(item.points for item in evidence)
    return sum(item.points for item in evidence if item.share >= 1) / total if total else 0.0


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(split_words(text))


def find_group(words: tuple[Word, ...], group: tuple[str, ...]) -> list[int]:
    """Find where a synonym of the group begins, by numbers of words. A synonym is some words, each may end in *."""
    roots, prefixes, phrases, open_phrases = _prepared(group)
    return [
        i
        for i, word in enumerate(words)
        if word.root in roots
        or word.text.startswith(prefixes)
        or any(_stands(words, i, phrase) for phrase in phrases.get(word.root, ()))
        or (open_phrases and any(_stands(words, i, phrase) for phrase in open_phrases))
    ]


def _evidence(response: str, words: tuple[Word, ...], point: RubricPoint) -> Evidence:
    """Take the stretch of the response that holds most of the point's groups."""
    hits = [find_group(words, group) for group in point.groups]
    anchors = sorted({i for group in hits for i in group})
    best: list[int] = []
    for anchor in anchors:
        near = [(group, bisect_left(group, anchor)) for group in hits]
        found = [group[at] for group, at in near if at < len(group) and group[at] <= anchor + _NEAR]
        if len(found) > len(best):
            best = found
    share = len(best) / len(point.groups)
    return Evidence(point.says, point.points, _quotes(response, words, best), share)


@lru_cache(maxsize=1024)  # a rubric's few groups are held against each word of a response
def _prepared(
    group: tuple[str, ...],
) -> tuple[frozenset[str], tuple[str, ...], Mapping[str, list[tuple[str, ...]]], tuple[tuple[str, ...], ...]]:
    """Sort the synonyms of a group.

    Roots of single words; their beginnings (those with *); phrases by the root of their first word; phrases of whose
    first word only the beginning is given.
    """
    phrases = [tuple(normalise(synonym).split()) for synonym in group]
    single = [phrase[0] for phrase in phrases if len(phrase) == 1]
    roots = frozenset(root(word) for word in single if not word.endswith("*"))
    prefixes = tuple(word[:-1] for word in single if word.endswith("*"))
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        if len(phrase) > 1 and not phrase[0].endswith("*"):
            by_first.setdefault(root(phrase[0]), []).append(phrase)
    return roots, prefixes, by_first, tuple(p for p in phrases if len(p) > 1 and p[0].endswith("*"))


def _stands(words: tuple[Word, ...], start: int, phrase: tuple[str, ...]) -> bool:
    if start + len(phrase) > len(words):
        return False
    return all(_is(words[start + k], want) for k, want in enumerate(phrase))


def _is(word: Word, want: str) -> bool:
    return word.text.startswith(want[:-1]) if want.endswith("*") else word.root == root(want)


def _quotes(response: str, words: tuple[Word, ...], hits: list[int]) -> tuple[str, ...]:
    """Quote the response from its first to its last hit, with a word on either side."""
    if not hits:
        return ()
    first, last = max(0, min(hits) - 1), min(len(words) - 1, max(hits) + 1)
    return (" ".join(response[words[first].start : words[last].end].split()),)
