"""Sentences read off a small language model, greedily or by beam search, and how well the model predicts a text.

{"name": "decoding", "beam_width": 4, "temperature": 1.0}
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Annotated, ClassVar, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

_LETTERS = "abcdefghijklmnopqrst"  # the words
_LANGUAGES, _LENGTH, _TEXT = 4, 12, 500  # made up for a measurement; words of a sentence, of a text in each of them
_SURE, _VAGUE, _LURE = 2.5, 0.5, 2.0  # how far apart logits are after a word, and what vague words have in advance
_TOO_SURE = 1.6  # the model's logits over those of the language
_COLUMNS = ("what", "sentence", "log_probability", "perplexity", "found", "continuations")


@final
@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence from each first word."""

    sentences: "Array"  # (sentences, length), without the first word
    logs: "Array"  # (sentences,), natural logarithms of their probabilities
    continuations: int  # how many were weighed for a sentence


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding(Probe):
    """Look for the most probable sentence after each first word, in four made-up languages where a word sets the next.

    Half of the twenty words are vague: they are likely, and no word after them is. After the others a few words are. So
    what is most probable now is often a trap. A sentence has twelve words, written as letters; shown is the one after
    the first word of the first language. The model is the language, but too sure of itself: its logits are 1.6 times
    those of the language, and are divided by `temperature`. The most probable sentence of all is found by dynamic
    programming (Viterbi, 1967), which needs that only the last word counts. `gap` is the logarithm of how much more
    probable it is than what the beam found; `perplexity` is that of the model on 2,000 words drawn from the languages,
    and `excess` that over the languages' own.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = (
        "continuations",
        "excess",
        "found",
        "gap",
        "greedy_found",
        "greedy_gap",
        "perplexity",
    )
    trials_at_most: ClassVar[int] = 5

    beam_width: Annotated[int, Range(at_least=1, at_most=200)] = 4
    temperature: Annotated[float, Range(at_least=0.1, at_most=10)] = 1.0

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Decode greedily, with the beam, by chance and exactly, and predict a text."""
        from coursekit.train.streams import Stream

        stream, chance = Stream(seed, "data"), Stream(seed, "batches")
        languages = [logs_of_a_language(stream) for _ in range(_LANGUAGES)]
        models = [tempered(_TOO_SURE * language, self.temperature) for language in languages]
        best = _joined([viterbi(model, _LENGTH) for model in models])
        greedy, beam = (
            _joined([beam_search(model, _LENGTH, width) for model in models]) for width in (1, self.beam_width)
        )
        yield _row("greedy", greedy, best)
        yield _row(f"beam of {self.beam_width}", beam, best)
        yield _row("drawn by chance", _joined([_drawn(model, chance) for model in models]), best)
        yield _row("best of all", best, best)
        texts = [_text(language, chance) for language in languages]
        reached, least = perplexity(models, texts), perplexity(languages, texts)
        yield {name: {"what": "text, predicted", "perplexity": reached}.get(name) for name in _COLUMNS}
        return {
            "continuations": beam.continuations,
            "excess": reached / least,
            "found": _share(beam, best),
            "gap": _gap(beam, best),
            "greedy_found": _share(greedy, best),
            "greedy_gap": _gap(greedy, best),
            "perplexity": reached,
        }


def logs_of_a_language(stream: "Stream") -> "Array":
    """Return the log probability of each next word, (last word, next word)."""
    import numpy as np

    words = len(_LETTERS)
    vague = np.arange(words) % 2 == 0
    spread = np.where(vague, _VAGUE, _SURE)
    logits = spread[:, None] * stream.normal((words, words)) + np.where(vague, 0, 1)[:, None] * _LURE * vague
    return tempered(logits, 1.0)


def beam_search(model: "Array", length: int, width: int) -> _Found:
    """Keep so many beginnings of a sentence, extend each by every word, and keep the best again."""
    import numpy as np

    found = list["tuple[Array, float]"]()
    weighed = 0
    for first in range(len(model)):
        beam, logs, weighed = np.array([[first]]), np.zeros(1), 0
        for _ in range(length):
            extended = (logs[:, None] + model[beam[:, -1]]).ravel()  # each beginning with each word
            weighed += extended.size
            kept = np.argsort(-extended, kind="stable")[:width]
            beam = np.column_stack([beam[kept // len(model)], kept % len(model)])
            logs = extended[kept]
        found.append((beam[0, 1:], float(logs[0])))
    return _Found(np.array([each for each, _ in found]), np.array([log for _, log in found]), weighed)


def viterbi(model: "Array", length: int) -> _Found:
    """Find the most probable sentence after each first word: the best way on from each word, the last step first.

    Viterbi, Error Bounds for Convolutional Codes and an Asymptotically Optimum Decoding Algorithm, 1967.
    """
    import numpy as np

    ahead, ways = np.zeros(len(model)), list["Array"]()
    for _ in range(length):
        through = model + ahead  # (word, next word)
        ways.append(through.argmax(axis=1))
        ahead = through.max(axis=1)
    words, sentences = np.arange(len(model)), list["Array"]()
    for way in reversed(ways):
        words = way[words]
        sentences.append(words)
    return _Found(np.stack(sentences, axis=1), ahead, length * model.size)


def perplexity(models: "Sequence[Array]", texts: "Sequence[Array]") -> float:
    """Return e to the mean cross-entropy of the words of texts, by the word before each and the model of its text."""
    import numpy as np

    logs = [model[text[:-1], text[1:]] for model, text in zip(models, texts, strict=True)]
    return exp(-float(np.concatenate(logs).mean()))


def _drawn(model: "Array", stream: "Stream") -> _Found:
    """Draw a sentence after each first word."""
    import numpy as np

    words, logs, sentences = np.arange(len(model)), np.zeros(len(model)), list["Array"]()
    for _ in range(_LENGTH):
        following = _next(model, words, stream)
        logs = logs + model[words, following]
        sentences.append(following)
        words = following
    return _Found(np.stack(sentences, axis=1), logs, _LENGTH * len(model))


def _text(language: "Array", stream: "Stream") -> "Array":
    """Draw a text from the first word on, (words,)."""
    import numpy as np

    text = [np.zeros(1, int)]
    for _ in range(_TEXT):
        text.append(_next(language, text[-1], stream))
    return np.concatenate(text)


def _next(logs: "Array", words: "Array", stream: "Stream") -> "Array":
    """Draw a word after each of some words."""
    import numpy as np

    sums = np.exp(logs[words]).cumsum(axis=1)
    below = (sums < stream.uniform((len(words), 1))).sum(axis=1)
    return np.minimum(below, logs.shape[1] - 1)


def tempered(logits: "Array", temperature: float) -> "Array":
    """Return log probabilities (rows, classes) of logits that are divided by a temperature."""
    import numpy as np

    z = logits / temperature
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def _joined(found: Sequence[_Found]) -> _Found:
    """Put together what was found in several languages."""
    import numpy as np

    sentences, logs = (
        np.concatenate(parts) for parts in zip(*((each.sentences, each.logs) for each in found), strict=True)
    )
    return _Found(sentences, logs, found[0].continuations)


def _row(what: str, found: _Found, best: _Found) -> dict[str, Cell]:
    """Say how good some sentences are, in the mean over the first words."""
    log = float(found.logs.mean())
    sentence = "".join(_LETTERS[word] for word in found.sentences[0])
    cells = what, sentence, log, exp(-log / _LENGTH), _share(found, best), found.continuations
    return dict(zip(_COLUMNS, cells, strict=True))


def _share(found: _Found, best: _Found) -> float:
    """Return the share of first words after which the best sentence was found, or one as probable."""
    return float((found.logs > best.logs - 1e-9).mean())


def _gap(found: _Found, best: _Found) -> float:
    """Return by how much the logarithms of the best sentences are greater, in the mean."""
    return max(0.0, float((best.logs - found.logs).mean()))  # sums in another order may differ in the last digit


PLUGIN = Decoding
