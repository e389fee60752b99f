"""Texts that say the same, made the same: case, spaces, most punctuation and look-alike characters do not count.

fold("The “Mini-Batch”.") == fold("mini batch")

What can carry meaning is kept: mathematical signs, `% # * / @ &`, a decimal mark between digits, a minus before a
number.
"""

import re
import unicodedata

MOST_CHARACTERS = 200
"""A longer text is no short response."""

_QUOTES = re.compile("['’‘‛`´\"“”„«»‹›′″]")
_DASHES = re.compile("[‐‑‒–—―−﹘﹣－]")
_NUMERIC = r"(?<=\d)[.,](?=\d)|(?<!\w)\.(?=\d)|(?<![\w)\]])-(?=\.?\d)"
_SIGN = re.compile(rf"({_NUMERIC}|[%#*/@&])|[^\w\s]|_")
_AROUND = re.compile(r"\s*([+=<>*/%^|~&])\s*")
_ARTICLES = re.compile(r"(?:(?:the|an) (?=\S)|a (?=[^\W\d_]{2}))+")


def fold(text: str) -> str:
    """Return what a text says, to be compared with another folded text.

    A leading article is left out; `a` only before a word of two letters or more, so that `a b` keeps its factor.

    >>> fold("The vanishing-gradient  problem!"), fold("W = w − lr*g"), fold("a b"), fold("−0.5")
    ('vanishing gradient problem', 'w=w lr*g', 'a b', '-0.5')
    """
    plain = smooth(text).strip()
    article = _ARTICLES.match(plain)
    return plain[article.end() :] if article else plain


def smooth(text: str) -> str:
    """Fold a piece of a text: spaces at its ends and articles stay."""
    alike = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = _SIGN.sub(_sign, _DASHES.sub("-", _QUOTES.sub("", alike)))
    return _AROUND.sub(r"\1", re.sub(r"\s+", " ", plain))


def _sign(found: re.Match[str]) -> str:
    """Keep a sign that means something, drop what cannot be seen, let a space stand for the rest."""
    category = unicodedata.category(found[0])
    if found[1] or category[0] in "SM":
        return found[0]
    return "" if category[0] == "C" else " "
