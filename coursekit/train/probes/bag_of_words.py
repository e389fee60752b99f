"""Sentences as counts of words: how many words a lexicon needs to tell kind remarks from unkind ones.

{"name": "bag-of-words", "count_at_least": 10, "count_at_most": 10000, "features": "counts"}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.errors import ConfigError
from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

_WORDS, _TEXTS, _LENGTH = 3000, 400, 40
_ZIPF = 2.7  # Mandelbrot's shift: the most frequent words are less far ahead than 1/rank would have them
_FUNCTION_WORDS = 20  # such as "the": they say nothing of the writer's mood
_LEANING, _LEAN = 0.12, 1.0  # share of words with a mood, and the logarithm of how much oftener they come in it
_STEPS, _RATE, _EVERY = 200, 0.5, 10


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BagOfWords(Probe):
    """Draw 800 texts of 40 words from a language of 3,000, half of them kind, and train on half with counts of words.

    How often a word comes falls with its rank (Zipf 1949; with Mandelbrot's shift). A lexicon keeps the words that come
    at least and at most so often in the training texts; a text is a vector with one place for each of them. The
    classifier is logistic regression, 200 steps of gradient descent on all training texts. `words` is the lexicon's
    size, `training` and `unseen` are shares told rightly, `filled` is the share of a vector's places that are not 0.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("words", "training", "unseen", "filled")
    trials_at_most: ClassVar[int] = _STEPS // _EVERY + 1
    curve: ClassVar[tuple[str, str] | None] = ("step", "unseen")

    count_at_least: Annotated[int, Range(at_least=1, at_most=1000)] = 1
    count_at_most: Annotated[int, Range(at_least=1, at_most=10_000)] = 10_000
    features: Literal["counts", "there or not"] = "counts"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train, with a row every ten steps."""
        import numpy as np

        x, kind = _texts(seed)
        lexicon = self._lexicon(x[:_TEXTS])
        x = x[:, lexicon] if self.features == "counts" else np.minimum(x[:, lexicon], 1)
        row: dict[str, float] = {}
        for step, weights, bias in _descent(x[:_TEXTS], kind[:_TEXTS]):
            right = ((x @ weights + bias) > 0) == kind
            row = {"step": step, "training": float(right[:_TEXTS].mean()), "unseen": float(right[_TEXTS:].mean())}
            yield row
        filled = float((x[:_TEXTS] > 0).mean())
        return {"words": x.shape[1], "training": row["training"], "unseen": row["unseen"], "filled": filled}

    def _lexicon(self, x: "Array") -> "Array":
        """Say which words are kept, (words,) of bool. Raises ConfigError where there are none."""
        counts = x.sum(axis=0)
        kept = (counts >= self.count_at_least) & (counts <= self.count_at_most)
        if not kept.any():
            raise ConfigError("probe.count_at_least and probe.count_at_most leave no word. Let more words in.")
        return kept


def _texts(seed: int) -> "tuple[Array, Array]":
    """Draw counts of words (texts, words) and which texts are kind (texts,); every other one is."""
    import numpy as np

    from coursekit.train.streams import Stream

    stream = Stream(seed, "data")
    leaning = (stream.uniform((_WORDS,)) < _LEANING) & (np.arange(_WORDS) >= _FUNCTION_WORDS)
    lean = _LEAN * leaning * np.where(stream.uniform((_WORDS,)) < 0.5, 1, -1)
    often = 1 / (np.arange(_WORDS) + 1 + _ZIPF)
    kind = np.arange(2 * _TEXTS) % 2 == 1
    x = np.zeros((2 * _TEXTS, _WORDS))
    for row, is_kind in zip(x, kind, strict=True):
        share = np.cumsum(often * np.exp(lean if is_kind else -lean))
        drawn = np.searchsorted(share / share[-1], stream.uniform((_LENGTH,)), side="right")
        np.add.at(row, np.minimum(drawn, _WORDS - 1), 1)
    return x, kind


def _descent(x: "Array", kind: "Array") -> "Iterator[tuple[int, Array, float]]":
    """Yield the weights and the bias after some of the steps of logistic regression, from zeros."""
    import numpy as np

    weights, bias = np.zeros(x.shape[1]), 0.0
    for step in range(_STEPS + 1):
        if step % _EVERY == 0:
            yield step, weights, bias
        error = 0.5 * (1 + np.tanh(0.5 * (x @ weights + bias))) - kind
        weights, bias = weights - _RATE * (error @ x) / len(x), bias - _RATE * float(error.mean())


PLUGIN = BagOfWords
