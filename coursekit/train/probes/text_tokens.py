"""Comments and replies cut into tokens, by word, by character or by byte pairs, and sorted into buckets.

{"name": "text-tokens", "tokens": "byte pairs", "merges": 60, "buckets": 4}
"""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.streams import Stream

Kind: TypeAlias = Literal["words", "characters", "byte pairs"]
Merge: TypeAlias = tuple[str, str]
Pair: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]  # the words of a comment and of its reply

END = "_"  # stands at the end of a word, so that text can be put together again
_UNKNOWN = "?"
_PAIRS, _FRESH = 150, 150  # to learn from, and to try
_CONSONANTS, _VOWELS = "bdfgklmnprst", "aeiou"
_STEMS, _SHORTEST, _LONGEST = 150, 2, 20  # of the language; words of a comment or reply


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TextTokens(Probe):
    """Make up comments with replies, learn a vocabulary from 150 pairs, and cut 150 fresh pairs into tokens.

    A word is a stem, few of which are common, with or without an ending; so fresh pairs have words that were never seen
    whole. `unknown` is the share of their words that hold something outside the vocabulary. Byte pairs are learned as
    by Sennrich, Haddow and Birch (2015): the two neighbours that are met most often become one token, as often as there
    are `merges`. Pairs are sorted by their longer side into so many `buckets` with equally many pairs each, and
    padded to the longest comment and the longest reply of their bucket; `padding` is the share of
    padding, and each bucket is one of the `shapes` that a network is compiled for.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("padding", "shapes", "tokens_per_word", "unknown", "vocabulary")
    trials_at_most: ClassVar[int] = 3

    tokens: Kind = "words"
    merges: Annotated[int, Range(at_least=0, at_most=300)] = 60
    buckets: Annotated[int, Range(at_least=1, at_most=20)] = 1

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Cut the same pairs in three ways; the values are those of the way that is set."""
        from coursekit.train.streams import Stream

        pairs = list(_pairs(Stream(seed, "data")))
        known, fresh = pairs[:_PAIRS], pairs[_PAIRS:]
        counts = Counter(word for pair in known for side in pair for word in side)
        newcomer = next((w for pair in fresh for side in pair for w in side if w not in counts), known[0][0][0])
        values: Values = {}
        for kind in ("characters", "words", "byte pairs"):
            cutter = _Cutter(kind, learned(counts, self.merges if kind == "byte pairs" else 0), counts)
            measured = {
                "vocabulary": len(cutter.vocabulary),
                "unknown": cutter.unknown(fresh),
                "tokens_per_word": cutter.tokens_per_word(fresh),
                "padding": padding([cutter.lengths(pair) for pair in fresh], self.buckets),
            }
            yield {"tokens": kind, **measured, "a_new_word": cutter.shown(newcomer)}
            if kind == self.tokens:
                values = {**measured, "shapes": self.buckets}
        return values


@final
class _Cutter:
    """Cut words into tokens of a vocabulary."""

    __slots__ = ("_cuts", "_kind", "_merges", "vocabulary")

    def __init__(self, kind: Kind, merges: Sequence[Merge], counts: Mapping[str, int]) -> None:
        self._kind, self._merges = kind, merges
        self._cuts = dict[str, tuple[str, ...]]()  # of words that were cut before
        letters = {letter for word in counts for letter in (*word, END)}
        self.vocabulary = set(counts) if kind == "words" else letters | {"".join(merge) for merge in merges}

    def cut(self, word: str) -> tuple[str, ...]:
        """Return the tokens of a word, known or not."""
        if word not in self._cuts:
            self._cuts[word] = (word,) if self._kind == "words" else merged((*word, END), self._merges)
        return self._cuts[word]

    def shown(self, word: str) -> str:
        """Write the tokens of a word, with a sign for what is unknown."""
        return " ".join(token if token in self.vocabulary else _UNKNOWN for token in self.cut(word))

    def unknown(self, pairs: Sequence[Pair]) -> float:
        """Return the share of words that hold something unknown."""
        words = [word for pair in pairs for side in pair for word in side]
        return sum(any(token not in self.vocabulary for token in self.cut(word)) for word in words) / len(words)

    def tokens_per_word(self, pairs: Sequence[Pair]) -> float:
        """Return the mean number of tokens of a word."""
        words = [word for pair in pairs for side in pair for word in side]
        return sum(len(self.cut(word)) for word in words) / len(words)

    def lengths(self, pair: Pair) -> tuple[int, int]:
        """Return the numbers of tokens of a comment and of its reply."""
        comment, reply = (sum(len(self.cut(word)) for word in side) for side in pair)
        return comment, reply


def learned(counts: Mapping[str, int], merges: int) -> list[Merge]:
    """Return the merges, in order, that are learned from words and how often each occurs.

    Sennrich, Haddow & Birch, https://arxiv.org/abs/1508.07909, algorithm 1; of pairs that are equally frequent, the one
    met first.
    """
    cuts, found = {word: (*word, END) for word in counts}, list[Merge]()
    for _ in range(merges):
        pairs = Counter[Merge]()
        for word, cut in cuts.items():
            for pair in pairwise(cut):
                pairs[pair] += counts[word]
        if not pairs:
            break
        best = max(pairs, key=pairs.__getitem__)
        found.append(best)
        cuts = {word: merged(cut, [best]) for word, cut in cuts.items()}
    return found


def merged(cut: tuple[str, ...], merges: Sequence[Merge]) -> tuple[str, ...]:
    """Put tokens of a word together by each merge in turn.

    >>> merged(("l", "o", "w", "_"), [("l", "o"), ("lo", "w")])
    ('low', '_')
    """
    for left, right in merges:
        if left not in cut:
            continue
        tokens, i = list[str](), 0
        while i < len(cut):
            joins = cut[i] == left and cut[i + 1 : i + 2] == (right,)
            tokens.append(left + right if joins else cut[i])
            i += 2 if joins else 1
        cut = tuple(tokens)
    return cut


def padding(lengths: Sequence[tuple[int, int]], buckets: int) -> float:
    """Return the share of padding among all tokens, with pairs sorted into so many buckets.

    >>> padding([(1, 1), (1, 1), (4, 4), (4, 4)], 1), padding([(1, 1), (1, 1), (4, 4), (4, 4)], 2)
    (0.375, 0.0)
    """
    ordered = sorted(lengths, key=max)
    edges = [len(ordered) * i // buckets for i in range(buckets + 1)]
    padded = 0
    for start, stop in pairwise(edges):
        bucket = ordered[start:stop]
        padded += len(bucket) * sum(max(sides, default=0) for sides in zip(*bucket, strict=True))
    return 1 - sum(map(sum, lengths)) / padded


def _pairs(stream: "Stream") -> Iterator[Pair]:
    """Make up comments with replies, and the language that they are in."""
    stems = [_syllables(stream, 2 + int(long)) for long in stream.uniform((_STEMS,)) < 0.5]
    endings = ["", *(_syllables(stream, 1) + letter for letter in "nrstnrst")]
    for _ in range(_PAIRS + _FRESH):
        one, other = (stream.uniform((2,)) ** 2).tolist()  # most are short, and a long one often gets a long reply
        sizes = (_SHORTEST + int(share * (_LONGEST - _SHORTEST + 1)) for share in (one, (one + other) / 2))
        comment, reply = (tuple(_word(stems, endings, stream) for _ in range(size)) for size in sizes)
        yield comment, reply


def _word(stems: Sequence[str], endings: Sequence[str], stream: "Stream") -> str:
    """Draw a stem, the first ones far more often than the last, and an ending."""
    stem, ending = stream.uniform((2,)).tolist()
    return stems[int(len(stems) * stem**3)] + endings[int(len(endings) * ending**2)]


def _syllables(stream: "Stream", number: int) -> str:
    """Draw syllables of a consonant and a vowel."""
    places = stream.uniform((number, 2)) * (len(_CONSONANTS), len(_VOWELS))
    return "".join(_CONSONANTS[c] + _VOWELS[v] for c, v in places.astype(int).tolist())


PLUGIN = TextTokens
