from math import log

import numpy as np
import pytest

from coursekit.train.probes.two_classes import TwoClasses, losses
from tests.train.probes.conftest import measured


def test_the_log_loss_is_the_binary_cross_entropy_of_keras() -> None:
    import keras

    logits, positive = np.linspace(-9, 9, 41), np.arange(41) % 3 == 0

    theirs = keras.losses.binary_crossentropy(positive[:, None] * 1.0, logits[:, None], from_logits=True)

    assert losses(logits, positive) == pytest.approx(np.asarray(theirs), rel=1e-5)


def test_sharper_probabilities_change_the_log_loss_and_not_the_accuracy() -> None:
    plain, sharp, flat = (measured(TwoClasses(sharpness=by))[1] for by in (1, 20, 0.001))

    assert plain["accuracy"] == sharp["accuracy"] == flat["accuracy"] > 0.8
    assert sharp["log_loss"] > 5 * plain["log_loss"]
    assert flat["log_loss"] == pytest.approx(log(2), abs=0.01)
    assert sharp["largest_loss"] == pytest.approx(20 * plain["largest_loss"], rel=0.01)


def test_a_clipped_mistake_costs_minus_the_log_of_the_clip() -> None:
    values = measured(TwoClasses(sharpness=100, clip=0.05))[1]

    wrong, right = -log(0.05), -log(0.95)
    assert values["largest_loss"] == pytest.approx(wrong)
    assert values["log_loss"] == pytest.approx((1 - values["accuracy"]) * wrong + values["accuracy"] * right, abs=0.03)


def test_a_lower_threshold_finds_more_positive_images_and_is_less_precise() -> None:
    rows = sorted(measured(TwoClasses(share=0.1))[0][1:], key=lambda row: float(row["positive_from"] or 0))

    found = [float(row["found"] or 0) for row in rows]
    assert found == sorted(found, reverse=True)
    assert float(rows[0]["precise"] or 0) < float(rows[-1]["precise"] or 0)
    assert len({row["log_loss"] for row in rows}) == 1


def test_a_rare_class_makes_telling_always_the_other_one_accurate() -> None:
    rows, values = measured(TwoClasses(share=0.1))

    assert values["positive_percent"] == pytest.approx(10, abs=0.3)
    assert values["others"] == pytest.approx(0.9, abs=0.003) == rows[0]["accuracy"]
    assert rows[0]["found"] == 0


def test_without_noise_most_images_are_told_right() -> None:
    accuracies = [measured(TwoClasses(noise=0, pair=pair))[1]["accuracy"] for pair in ("3 and 8", "4 and 9", "1 and 7")]

    assert min(accuracies) > 0.95


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(TwoClasses(), 3) == measured(TwoClasses(), 3)
    assert measured(TwoClasses(), 3) != measured(TwoClasses(), 4)
