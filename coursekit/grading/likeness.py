"""How much of a model response is in a response, by words and pieces of words; it decides a band, never a mark.

    model     The noise falls with the batch, so a longer step is safe.
    response  Less noise, thus a longer step.   ->   noise, longer, step of noise, falls, batch, longer, step, safe

Recall only: what is said beyond the model is no fault. The stem's own words weigh little, since anyone can repeat them.
A synonym from the rubric stands for the model's own word: 'variance' for 'noise'. Without that the word score goes with
the grades at 0.48 on the half of the gold set that it was tuned on, with it at 0.62.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, final

from coursekit.grading.rubric import RubricPoint, find_evidence, find_group, suggested_fraction
from coursekit.grading.words import content_words, is_content, root, split_words

Band = Literal["not given", "little evidence", "partial", "most points found"]

UNIFORM: Mapping[str, float] = MappingProxyType({})
"""Weights of words where no texts are known: each weighs the same."""
Rubric = tuple[RubricPoint, ...]
LEAST_WORDS = 3
"""Under so many words of content there is nothing to look at."""
_PARTIAL, _MOST = 0.12, 0.56  # what agrees best with the grades of content/gold/tune.jsonl
_STEM = 0.3
_GRAM = 4
_LIST = 6
_STOPS = re.compile(r"[.:;!?]")  # notes such as 'High: loss explodes.' are short sentences


@final
@dataclass(frozen=True, slots=True)
class Likeness:
    """Scores in [0, 1]: by the model's words, by the rubric, their mean; and the band of that."""

    words: float
    rubric: float
    raw: float
    band: Band


def measure(
    response: str, rubric: Rubric, model: str, *further: str, stem: str = "", idf: Mapping[str, float] = UNIFORM
) -> Likeness:
    """Score a response by words and rubric, and say in which band it is."""
    words = word_score(response, model, *further, rubric=rubric, stem=stem, idf=idf)
    found = suggested_fraction(find_evidence(response, rubric))
    raw = (words + found) / 2
    return Likeness(words, found, raw, _band(response, stem, raw))


def word_score(
    response: str,
    model: str,
    *further: str,
    rubric: Rubric = (),
    stem: str = "",
    idf: Mapping[str, float] = UNIFORM,
) -> float:
    """Return the mean of the recall of words and of the recall of their 4-grams, for the model that it meets best."""
    given, asked = split_words(response), {root(word) for word in content_words(stem)}
    said = tuple(word.text for word in given if is_content(word.text))
    groups = [group for point in rubric for group in point.groups if find_group(given, group)]
    return max(_recall(said + _meant(groups, text), content_words(text), asked, idf) for text in (model, *further))


def inverse_document_frequency(texts: Iterable[str]) -> Mapping[str, float]:
    """Weigh each word by how few texts have it: 1 for a word of none (which is not listed), less for one of many.

    Smoothed, ln((1 + N) / (1 + n)) + 1, over what a word of no text would have: a course has few texts on one matter,
    and the plain logarithm weighs down the words that matter most in it.

    >>> weights = inverse_document_frequency(["the loss falls", "the loss of noise", "a step"])
    >>> weights["loss"] < weights["nois"] < 1
    True
    """
    documents = [{root(word) for word in content_words(text)} for text in texts]
    counts = Counter(word for document in documents for word in document)
    most = math.log(len(documents) + 1) + 1
    return {word: 1 - math.log(n + 1) / most for word, n in counts.items()}


def form_notes(response: str, stem: str = "") -> tuple[str, ...]:
    """Say what keeps found words from being evidence: they are the question's own, or make no sentences."""
    notes = {
        "Nearly all of these words are the question's own.": repeats_stem(response, stem),
        "This reads as a list of words. Say in sentences how they belong together.": lists_words(response),
    }
    return tuple(note for note, holds in notes.items() if holds)


def repeats_stem(response: str, stem: str) -> bool:
    """Tell whether nearly all words of content are the stem's own."""
    given, asked = content_words(response), {root(word) for word in content_words(stem)}
    return len(given) >= LEAST_WORDS and sum(root(word) in asked for word in given) >= 0.8 * len(given)


def lists_words(response: str) -> bool:
    """Tell whether words stand side by side without the small words that make sentences of them."""
    content, words = len(content_words(response)), len(split_words(response))
    pieces = sum(bool(split_words(piece)) for piece in _STOPS.split(response))
    return content >= 0.8 * words and content >= _LIST * max(1, pieces)


def _band(response: str, stem: str, raw: float) -> Band:
    if len(content_words(response)) < LEAST_WORDS:
        return "not given"
    if raw < _PARTIAL or repeats_stem(response, stem):
        return "little evidence"
    return "partial" if raw < _MOST or lists_words(response) else "most points found"


def _meant(groups: Iterable[tuple[str, ...]], model: str) -> tuple[str, ...]:
    """Return the model's own words for groups of synonyms."""
    words = split_words(model)
    return tuple(words[i].text for group in groups for i in find_group(words, group))


def _recall(given: tuple[str, ...], model: tuple[str, ...], asked: set[str], idf: Mapping[str, float]) -> float:
    weights = {root(word): idf.get(root(word), 1.0) * (_STEM if root(word) in asked else 1) for word in model}
    grams: dict[str, float] = {}
    for word in model:
        for gram in _grams(word):
            grams[gram] = max(grams.get(gram, 0), weights[root(word)])
    found = {root(word) for word in given}, {gram for word in given for gram in _grams(word)}
    return (_share(weights, found[0]) + _share(grams, found[1])) / 2


def _share(weights: Mapping[str, float], found: set[str]) -> float:
    total = math.fsum(weights.values())
    return math.fsum(weight for item, weight in weights.items() if item in found) / total if total else 0.0


def _grams(word: str) -> set[str]:
    """Cut a word into pieces of four letters, its ends marked by blanks."""
    padded = f" {word} "
    return {padded[i : i + _GRAM] for i in range(max(1, len(padded) - _GRAM + 1))}
