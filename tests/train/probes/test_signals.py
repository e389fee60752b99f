"""Values and slopes of deep networks, held to closed forms of the expectation and to TensorFlow's own gradient."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import TrainingConfig
from coursekit.train.jobs import read_job
from coursekit.train.probes.signals import Signals
from coursekit.train.problem import prepare
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured


@pytest.mark.parametrize("variance", [0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("weights", ["normal", "uniform"])
def test_relu_multiplies_the_mean_square_by_half_of_variance_times_inputs(variance: float, weights: Any) -> None:
    """He et al., 2015, equations 9 and 13."""
    probe = Signals(variance_times_inputs=variance, weights=weights)

    values = [measured(probe, seed)[1] for seed in range(5)]

    expected = pytest.approx((variance / 2) ** 0.5, rel=0.05)
    assert np.mean([each["signal_per_layer"] for each in values]) == expected
    assert np.mean([each["slope_per_layer"] for each in values]) == expected


@pytest.mark.parametrize("variance", [0.7, 1.0, 1.3])
def test_equal_weights_keep_all_units_equal_whatever_becomes_of_the_size(variance: float) -> None:
    rows, values = measured(Signals(weights="all equal", variance_times_inputs=variance, layers=6))

    factors = [float(after["signal"] or 0) / float(before["signal"] or 0) for before, after in pairwise(rows)]
    assert factors == pytest.approx([variance] * 5, rel=1e-9)
    assert values["slope_per_layer"] == pytest.approx(variance, rel=1e-9)
    assert values["signal_drift"] == pytest.approx(max(variance, 1 / variance), rel=1e-9)
    assert values["slope_drift"] == pytest.approx(max(variance, 1 / variance), rel=1e-9)
    assert [row["units"] for row in rows] == [1] * 6


def test_with_tanh_and_weights_by_chance_all_units_differ() -> None:
    rows, values = measured(Signals(activation="tanh", variance_times_inputs=1.0, width=50))

    assert [row["units"] for row in rows] == [50] * 20
    assert values["different_units"] == 50


def test_a_slope_passes_a_sigmoid_with_a_quarter_of_its_size_at_most() -> None:
    for seed in range(3):
        values = measured(Signals(activation="sigmoid", variance_times_inputs=1.0), seed)[1]

        assert values["slope_per_layer"] == pytest.approx(0.25, rel=0.1)
        assert values["slope_per_layer"] < 0.25
        assert values["signal_per_layer"] == pytest.approx(1, abs=0.01)


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_the_slopes_are_those_of_tensorflow(activation: Any) -> None:
    import tensorflow as tf

    probe = Signals(layers=3, width=20, activation=activation, variance_times_inputs=1.5)
    config = {"model": "softmax", "data": "digits", "optimizer": "sgd", "learning_rate": 0.1, "steps": 1}
    data, stream = prepare(TrainingConfig.from_json(config)).split, Stream(7, "parameters")
    weights = [(1.5 / each) ** 0.5 * stream.normal((each, 20)) for each in (64, 20, 20)]
    head, sums, h = stream.normal((20, 10)) / 20**0.5, list[Any](), tf.constant(data.x_train[:200])
    with tf.GradientTape() as tape:
        tape.watch(h)
        for each in weights:
            sums.append(h @ each)
            h = getattr(tf.nn, activation)(sums[-1])
        loss = tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(data.y_train[:200], h @ head))
    slopes: Any = tape.gradient(loss, sums)

    rows = measured(probe, 7)[0]
    assert [row["slope"] for row in rows] == pytest.approx(
        [float((each.numpy() ** 2).mean() ** 0.5) for each in slopes]
    )


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    small = Signals(layers=4, width=20)

    assert measured(small, 3) == measured(small, 3)
    assert measured(small, 3) != measured(small, 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.layers must be a whole number from 2 to 50"):
        read_job({"probe": {"name": "signals", "layers": 1}})
