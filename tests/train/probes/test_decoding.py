"""Decoding, held to a search through all sentences and to probabilities that are worked out by hand."""

from itertools import pairwise, product
from math import exp, log

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.probes.decoding import (
    Decoding,
    beam_search,
    logs_of_a_language,
    perplexity,
    tempered,
    viterbi,
)
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured

# After a, b is the likelier word (0.5); after b nothing is likely, after c one word is nearly certain.
TRAP = np.log([[0.1, 0.5, 0.4], [0.3, 0.3, 0.4], [0.9, 0.05, 0.05]])


def test_greedy_falls_into_the_trap_and_a_beam_of_two_does_not() -> None:
    greedy, beam = beam_search(TRAP, 2, 1), beam_search(TRAP, 2, 2)

    assert greedy.sentences[0].tolist() == [1, 2]
    assert exp(greedy.logs[0]) == pytest.approx(0.5 * 0.4)
    assert beam.sentences[0].tolist() == [2, 0]
    assert exp(beam.logs[0]) == pytest.approx(0.4 * 0.9)
    assert (greedy.continuations, beam.continuations) == (3 + 3, 3 + 2 * 3)


@pytest.mark.parametrize("seed", range(5))
def test_dynamic_programming_and_a_beam_as_wide_as_all_sentences_find_the_best_of_all(seed: int) -> None:
    model = tempered(Stream(seed, "data").normal((4, 4)) * 2, 1.0)

    best, wide = viterbi(model, 5), beam_search(model, 5, 4**5)

    def of(words: tuple[int, ...]) -> float:
        return float(sum(model[a, b] for a, b in pairwise(words)))

    everything = [max(of((first, *rest)) for rest in product(range(4), repeat=5)) for first in range(4)]
    assert best.logs == pytest.approx(everything)
    assert wide.logs == pytest.approx(everything)
    for first, sentence in enumerate(best.sentences):
        assert of((first, *sentence.tolist())) == pytest.approx(best.logs[first])


def test_the_greedy_sentence_takes_the_likeliest_word_each_time() -> None:
    model = logs_of_a_language(Stream(0, "data"))

    found = beam_search(model, 6, 1)

    word = 3
    for following in found.sentences[3]:
        assert following == model[word].argmax()
        word = following


def test_perplexity_is_the_inverse_geometric_mean_and_the_number_of_words_where_all_are_equal() -> None:
    equal = np.full((7, 7), -log(7))

    assert perplexity([equal], [np.array([0, 3, 6, 1])]) == pytest.approx(7)
    assert perplexity([TRAP], [np.array([0, 1, 2, 0])]) == pytest.approx((0.5 * 0.4 * 0.9) ** (-1 / 3))


def test_the_rows_of_a_language_are_probabilities() -> None:
    model = logs_of_a_language(Stream(0, "data"))

    assert np.exp(model).sum(axis=1) == pytest.approx(1)
    entropy = -(np.exp(model) * model).sum(axis=1)
    assert entropy[::2].min() > entropy[1::2].max()  # after every second word little is sure


def test_the_perplexity_is_least_at_the_temperature_of_the_language_whatever_the_beam() -> None:
    cold, right, hot = (measured(Decoding(temperature=t))[1] for t in (1.0, 1.6, 2.5))
    wide = measured(Decoding(temperature=1.6, beam_width=20))[1]

    assert right["excess"] == pytest.approx(1)
    assert cold["perplexity"] > right["perplexity"] < hot["perplexity"]
    assert wide["perplexity"] == right["perplexity"]
    assert wide["gap"] < right["gap"] < right["greedy_gap"]


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(Decoding(), 3) == measured(Decoding(), 3)
    assert measured(Decoding(), 3) != measured(Decoding(), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.beam_width must be a whole number from 1 to 200"):
        read_job({"probe": {"name": "decoding", "beam_width": 0}})
