"""Texts as counts of words, held to the law that they are drawn by and to the trainer's own logistic regression."""

from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.models.logistic import Logistic
from coursekit.train.probes.bag_of_words import BagOfWords
from tests.train.probes.conftest import measured


def texts(seed: int) -> tuple[Any, Any]:
    from coursekit.train.probes import bag_of_words

    return bag_of_words._texts(seed)  # pyright: ignore[reportPrivateUsage]


def test_every_text_has_forty_words_and_half_of_them_are_kind() -> None:
    x, kind = texts(0)

    assert x.sum(axis=1).tolist() == [40] * 800
    assert kind.sum() == 400


def test_words_come_as_often_as_zipfs_law_with_mandelbrots_shift_says() -> None:
    counts = np.sum([texts(seed)[0].sum(axis=0) for seed in range(3)], axis=0)

    law = 1 / (np.arange(20) + 3.7)  # of words that lean to neither side
    assert counts[:20] / counts[:20].sum() == pytest.approx(law / law.sum(), rel=0.1)


def test_a_lexicon_keeps_what_was_counted_in_the_training_texts() -> None:
    x = texts(4)[0][:400]
    counts = x.sum(axis=0)

    values = measured(BagOfWords(count_at_least=10, count_at_most=200), 4)[1]

    kept = (counts >= 10) & (counts <= 200)
    assert values["words"] == kept.sum()
    assert values["filled"] == pytest.approx((x[:, kept] > 0).mean())


def test_it_trains_as_the_trainers_own_logistic_regression_does() -> None:
    x, kind = texts(1)
    counts = x[:400].sum(axis=0)
    some = x[:, counts >= 20]
    weights, bias = np.zeros((some.shape[1], 1)), np.zeros(1)
    for _ in range(200):
        _, grads = Logistic().loss_and_gradient((weights, bias), some[:400], kind[:400, None] * 1.0, np)
        weights, bias = weights - 0.5 * grads[0], bias - 0.5 * grads[1]

    values = measured(BagOfWords(count_at_least=20), 1)[1]

    right = ((some @ weights + bias)[:, 0] > 0) == kind
    assert (values["training"], values["unseen"]) == (right[:400].mean(), right[400:].mean())


def test_rare_words_alone_are_learnt_by_heart() -> None:
    values = measured(BagOfWords(count_at_most=3))[1]

    assert values["training"] > 0.95
    assert values["unseen"] < 0.7


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    small = BagOfWords(count_at_least=50)

    assert measured(small, 3) == measured(small, 3)
    assert measured(small, 3) != measured(small, 4)


def test_a_lexicon_without_words_says_what_to_do() -> None:
    with pytest.raises(ConfigError, match="leave no word"):
        measured(BagOfWords(count_at_least=300, count_at_most=200))


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.count_at_least must be a whole number from 1 to 1,000"):
        read_job({"probe": {"name": "bag-of-words", "count_at_least": 0}})
