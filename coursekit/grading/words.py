"""Words of a response, made comparable: one spelling, no endings, without the words that say nothing alone.

    The Losses are falling, and the mini-batch's noise isn't.   ->   loss fall mini-batch nois

Made for comparing only: a quote is cut from the text as it was given.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouy]")
_SMALL = """
a about after all also although am an and any are as at be because been before being both but by can cannot could
did do does doing done each either else etc even every for from get gets got had has have having he her here him his
how however i if in into is it its itself just let like made make makes many may me might more most much must my
neither no nor not of off on once one only onto or other our out over own per rather really s say says she
should since so some such than that the their them then there these they thing things this those though through
thus to too under until up upon us use used uses using very via was we well were what when where whether which while
who whom whose why will with within without would yes yet you your
"""
_STOP = frozenset(_SMALL.split())


class Word(NamedTuple):
    """A word as it is compared, whole and without its ending, and where it stands in the text."""

    text: str
    root: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Write a text in one way: compatibility forms, case and apostrophes.

    >>> normalise("ﬁt, DON’T")
    "fit, don't"
    """
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


@lru_cache(maxsize=256)  # one response, and what it is held against, is cut again and again
def split_words(text: str) -> tuple[Word, ...]:
    """Cut a text into words, each normalised, with its place in the text as it was given."""
    found = ((normalise(match[0]), match) for match in _WORD.finditer(text))
    return tuple(Word(word, root(word), match.start(), match.end()) for word, match in found)


@lru_cache(maxsize=4096)  # texts repeat their words
def root(word: str) -> str:
    """Take off a plural or verb ending; enough to meet 'batch' in 'batches'.

    A part of Porter's first step (https://tartarus.org/martin/PorterStemmer/def.txt), made for a normalised word.

    >>> [root(word) for word in ("batches", "moving", "stopped", "losses", "speed", "generalised")]
    ['batch', 'mov', 'stop', 'loss', 'speed', 'generaliz']
    """
    for ending in ("'s", "ies", "ing", "ed", "es", "s", "e"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and _is_root(rest, ending):
            return _one_spelling(rest + "y" if ending == "ies" else rest)
    return word


def is_content(word: str) -> bool:
    """Tell whether a normalised word says something by itself."""
    return word.partition("'")[0] not in _STOP and not word.endswith("n't")


def content_words(text: str) -> tuple[str, ...]:
    """Return the words that say something, normalised, in their order, with their endings."""
    return tuple(word.text for word in split_words(text) if is_content(word.text))


def _is_root(rest: str, ending: str) -> bool:
    if len(rest) < 3 or not _VOWEL.search(rest):
        return False
    return not (rest.endswith("s") and ending == "s") and not (rest.endswith("e") and ending == "ed")


def _one_spelling(rest: str) -> str:
    """Undo a doubled consonant, and write -ise as -ize."""
    if rest[-1] == rest[-2] and rest[-1] not in "lsz" and not _VOWEL.match(rest[-1]):
        return rest[:-1]
    return rest[:-1] + "z" if rest.endswith("is") and len(rest) > 5 else rest
