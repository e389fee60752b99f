"""A note where a response seems to turn a rubric point round. It reads words, not meaning: a note, never a penalty.

    point     The noise falls with a larger batch: - noise | noisy  - falls | less  - larger | bigger
    response  The noise doesn't fall with a larger batch.   ->   a negation stands before the point's words
    response  With a larger batch the noise increases.      ->   all groups but one, and the opposite of that one

A point that its author says with "not" is left alone, as is one of which a model response would get the note itself.
"""

import re
from functools import lru_cache

from coursekit.grading.rubric import RubricPoint, find_group
from coursekit.grading.words import Word, split_words

_SENTENCE = re.compile(r"[^.;!?\n]+")
_CLAUSE = re.compile(r"[^,:()]+")
_REACH = 4
"""A negation turns words that begin at most so many words after it."""
_NEGATIONS = ("not", "never", "no", "without", "cannot", "neither", "nor", "instead of")
_HARMLESS = ("only", "just", "all", "always", "necessarily", "longer", "more", "less", "so", "too", "until")
"""After a negation these make another meaning of it: 'not only', 'no longer', 'not too large'."""
_OPPOSITES = tuple(
    (tuple(up.split()), tuple(down.split()))
    for up, down in (
        ("increas* rise* rising grow* rais* climb* up", "decreas* fall* drop* shrink* reduc* lower* down"),
        ("larg* big* huge high* more great*", "small* tiny low* less few* little"),
        ("fast* quick* accelerat* speed*", "slow* crawl*"),
        ("cheap*", "expensive costly"),
        ("better best", "worse* worst"),
        ("uphill ascent", "downhill downward* descent"),
        ("cancel* damp*", "add* amplif*"),
        ("early earl* first", "late* last deep*"),
    )
)


def reversed_points(response: str, rubric: tuple[RubricPoint, ...], *models: str) -> tuple[RubricPoint, ...]:
    """Return the points that a response seems to negate or to turn round, in the rubric's order."""
    return tuple(
        point
        for point in rubric
        if _is_reversed(response, point) and not any(_is_reversed(model, point) for model in models)
    )


def direction_notes(response: str, rubric: tuple[RubricPoint, ...], *models: str) -> tuple[str, ...]:
    """Write a note for each point whose direction the learner should look at again."""
    return tuple(f"Check the direction of: {point.says}" for point in reversed_points(response, rubric, *models))


def _is_reversed(text: str, point: RubricPoint) -> bool:
    return any(_turns_round(sentence[0], point) for sentence in _SENTENCE.finditer(text))


def _turns_round(sentence: str, point: RubricPoint) -> bool:
    if not _nearly_made(_hits(split_words(sentence), point)):
        return False
    clauses = [split_words(clause[0]) for clause in _CLAUSE.finditer(sentence)]
    return any(_is_negated(words, point) or _is_opposed(words, point) for words in clauses)


def _hits(words: tuple[Word, ...], point: RubricPoint) -> list[list[int]]:
    return [find_group(words, group) for group in point.groups]


def _nearly_made(hits: list[list[int]]) -> bool:
    """Tell whether two groups were found, and all but one."""
    return sum(map(bool, hits)) >= max(min(2, len(hits)), len(hits) - 1)


def _is_negated(words: tuple[Word, ...], point: RubricPoint) -> bool:
    """Tell whether a negation, which is no synonym itself, stands shortly before a word of the point."""
    hits = {hit for group in _hits(words, point) for hit in group}
    negations = [start for start in _negations(words) if start not in hits]
    return any(start + ahead in hits for start in negations for ahead in range(1, _REACH + 1))


def _negations(words: tuple[Word, ...]) -> list[int]:
    """Find where something is denied; 'not only' and the like deny nothing."""
    followers = [*(word.text for word in words[1:]), ""]
    starts = {*find_group(words, _NEGATIONS), *(i for i, word in enumerate(words) if word.text.endswith("n't"))}
    return sorted(i for i in starts if followers[i] not in _HARMLESS)


def _is_opposed(words: tuple[Word, ...], point: RubricPoint) -> bool:
    """Tell whether a clause makes all groups of a point but one, and has the opposite of that one."""
    hits = _hits(words, point)
    missing = [group for group, found in zip(point.groups, hits, strict=True) if not found]
    if len(missing) != 1 or len(point.groups) < 2:
        return False
    taken = {hit for found in hits for hit in found}
    return any(
        set(find_group(words, other)) - taken and not find_group(words, same) for same, other in _sides(missing[0])
    )


@lru_cache(maxsize=1024)  # the same few groups for each clause
def _sides(group: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """List the pairs of opposites of which a synonym group has one side only: that side, then the other.

    >>> [same[0] for same, _ in _sides(("falls", "slower"))], _sides(("high", "low"))
    (['decreas*', 'slow*'], [])
    """
    out: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for up, down in _OPPOSITES:
        says_up, says_down = (any(find_group(split_words(word), side) for word in group) for side in (up, down))
        if says_up != says_down:
            out.append((up, down) if says_up else (down, up))
    return out
