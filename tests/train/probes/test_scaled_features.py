"""Gradient descent on measurements of several scales, held to NumPy's own figures and to the trainer's softmax."""

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.data.penguins import load_raw
from coursekit.train.jobs import read_job
from coursekit.train.models.softmax import Softmax
from coursekit.train.probes.scaled_features import ScaledFeatures
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured


def test_the_condition_of_standardised_features_is_that_of_their_correlations() -> None:
    x = load_raw()[0][Stream(2, "data").permutation(342)][:274]

    values = measured(ScaledFeatures(scale="standardised"), 2)[1]

    whole = np.eye(5)  # the column of ones is correlated with none
    whole[:4, :4] = np.corrcoef(x.T)
    assert values["condition"] == pytest.approx(np.linalg.cond(whole))


def test_it_descends_as_the_trainers_own_softmax_does() -> None:
    x, y = (part[Stream(1, "data").permutation(342)] for part in load_raw())
    x = (x - x[:274].mean(axis=0)) / x[:274].std(axis=0)
    model, (weights, bias) = Softmax(), (np.zeros((4, 3)), np.zeros(3))
    for _ in range(50):
        _, grads = model.loss_and_gradient((weights, bias), x[:274], y[:274], np)
        weights, bias = weights - 0.7 * grads[0], bias - 0.7 * grads[1]
    loss, _ = model.loss_and_gradient((weights, bias), x[274:], y[274:], np)

    values = measured(ScaledFeatures(scale="standardised", learning_rate=0.7, steps=50), 1)[1]

    assert values["loss"] == pytest.approx(float(loss), rel=1e-9)


@pytest.mark.parametrize("rate", [1e-7, 1e-6, 1e-4, 0.1, 10])
def test_as_measured_no_rate_learns_in_a_hundred_steps(rate: float) -> None:
    values = measured(ScaledFeatures(learning_rate=rate))[1]

    assert values["loss"] > 0.6


def test_the_scale_is_set_from_the_training_rows_alone() -> None:
    first = measured(ScaledFeatures(scale="0 to 1", steps=5, learning_rate=1))[0]
    x, _ = load_raw()
    x = x[Stream(0, "data").permutation(342)]

    least, most = x[:274].min(axis=0), x[:274].max(axis=0)
    rows, _ = ScaledFeatures(scale="0 to 1")._rows(0)  # pyright: ignore[reportPrivateUsage]
    assert rows[274:, :4] == pytest.approx((x[274:] - least) / (most - least))
    assert [row["step"] for row in first] == [0, 5]


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(ScaledFeatures(), 3) == measured(ScaledFeatures(), 3)
    assert measured(ScaledFeatures(), 3) != measured(ScaledFeatures(), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.steps must be a whole number from 5 to 1,000"):
        read_job({"probe": {"name": "scaled-features", "steps": 1}})
