"""A dense network's layers, held to what Keras counts, and its outputs to what they are by definition."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.data.digits import Digits
from coursekit.train.probes.dense_network import resized
from tests.train.probes.conftest import measured_by_name

SHAPES = [(16, 1, 20), (64, 0, 1), (64, 3, 16), (784, 1, 10)]

measured = partial(measured_by_name, "dense-network", steps=20)


def side(pixels: int) -> str:
    return f"{round(pixels**0.5)} x {round(pixels**0.5)}"


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.parametrize(("pixels", "layers", "width"), SHAPES)
def test_keras_has_the_same_shapes_and_counts(pixels: int, layers: int, width: int) -> None:
    import keras

    dense: list[Any] = [keras.layers.Dense(units) for units in [*[width] * layers, 10]]
    model = keras.Sequential([keras.Input((pixels,)), *dense])

    rows, values = measured(image=side(pixels), hidden_layers=layers, width=width)

    assert values["parameters"] == model.count_params()
    assert [row["weights"] for row in rows[1:-1]] == [str(tuple(layer.kernel.shape)) for layer in dense]
    assert [row["parameters"] for row in rows[1:-1]] == [layer.count_params() for layer in dense]
    assert [row["output"] for row in rows[1:-1]] == [str(layer.output.shape) for layer in dense]


def test_the_network_of_the_programme_has_the_count_of_a_calculation_by_hand() -> None:
    rows, values = measured(image="28 x 28", hidden_layers=3, width=500, steps=1)

    assert values["parameters"] == 784 * 500 + 500 + 2 * (500 * 500 + 500) + 500 * 10 + 10 == 898_510
    assert values["first_share"] == pytest.approx(100 * 392_500 / 898_510)
    assert [row["layer"] for row in rows] == ["pixels", "hidden 1", "hidden 2", "hidden 3", "logits", "all"]
    assert sum(row["percent"] for row in rows[1:-1]) == pytest.approx(100, abs=0.2)


def test_one_image_has_logits_shares_that_add_up_and_a_single_one() -> None:
    rows, _ = measured(table="one image", steps=100)

    logits, shares, wanted = ([row[name] for row in rows] for name in ("logit", "softmax", "one_hot"))
    assert sum(shares) == pytest.approx(1)
    assert shares == pytest.approx(list(np.exp(logits) / np.sum(np.exp(logits))))
    assert wanted in Digits().split().y_validation.tolist()
    assert max(shares) < 0.9  # it is the one that the network is least sure of


def test_it_learns_better_than_guessing_and_less_from_images_of_four_by_four() -> None:
    own, small = (measured(image=image, steps=400)[1]["accuracy"] for image in ("8 x 8", "4 x 4"))

    assert own > 0.93 > small > 0.5


def test_a_smaller_image_has_the_means_of_blocks_and_a_larger_one_repeats_pixels() -> None:
    small, own = np.arange(16.0).reshape(4, 4), np.arange(64.0)[None]
    ramp = np.kron(small, [[0, 1], [2, 5]]).reshape(1, 64)

    larger = resized(own, 28).reshape(28, 28)

    assert resized(ramp, 4).tolist() == [(2 * small).ravel().tolist()]  # (0 + 1 + 2 + 5) / 4 = 2
    assert resized(own, 8).tolist() == own.tolist()
    assert np.unique(larger[0], return_counts=True)[1].tolist() == [4, 3] * 4
    assert larger[0].tolist() == [pixel for pixel, times in enumerate([4, 3] * 4) for _ in range(times)]
    assert (larger // 8 == (larger.T % 8)).all()


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(3, table="one image") == measured(3, table="one image")
    assert measured(3, table="one image") != measured(4, table="one image")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"image": "9 x 9"}, "probe.image"),
        ({"width": 501}, "probe.width must be a whole number"),
        ({"hidden_layers": 4}, "probe.hidden_layers must be a whole number"),
    ],
)
def test_a_wrong_network_is_told_what_is_allowed(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        measured(**options)
