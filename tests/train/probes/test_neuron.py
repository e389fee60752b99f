"""One neuron, held to Keras's activations, to differences of its own output, and to what no neuron can do."""

from functools import partial
from itertools import product
from typing import Any

import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from tests.train.probes.conftest import measured_by_name

ACTIVATIONS = ("identity", "relu", "sigmoid", "tanh")
WEIGHTS = {"weight_1": 1.5, "weight_2": -0.7, "bias": 0.3}

measured = partial(measured_by_name, "neuron")


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_outputs_and_slopes_are_those_of_tensorflow(activation: str) -> None:
    import keras
    import tensorflow as tf

    rows, _ = measured(**WEIGHTS, activation=activation)
    z: Any = tf.constant([row["sum"] for row in rows], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(z)
        outputs: Any = keras.activations.get("linear" if activation == "identity" else activation)(z)
    slopes: Any = tape.gradient(outputs, z)

    assert [row["output"] for row in rows] == pytest.approx(outputs.numpy().tolist())
    assert [row["slope"] for row in rows] == pytest.approx(slopes.numpy().tolist())


def test_the_sum_is_that_of_weighted_inputs_and_the_bias() -> None:
    rows, _ = measured(**WEIGHTS)

    assert [(row["x1"], row["x2"]) for row in rows] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [row["sum"] for row in rows] == pytest.approx([0.3, 0.3 - 0.7, 0.3 + 1.5, 0.3 - 0.7 + 1.5])


def test_a_step_makes_and_and_or_without_error_but_has_no_slope() -> None:
    for wanted, bias in (("and", -1.5), ("or", -0.5)):
        _, values = measured(activation="step", bias=bias, wanted=wanted)

        assert values == {"error": 0, "least_slope": 0}


def test_no_neuron_makes_xor() -> None:
    """Minsky, Papert, Perceptrons, 1969."""
    numbers = [-4.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0]

    errors = [
        measured(weight_1=a, weight_2=b, bias=c, activation=activation, wanted="xor")[1]["error"]
        for a, b, c in product(numbers, repeat=3)
        for activation in (*ACTIVATIONS, "step")
    ]

    assert min(errors) >= 0.5


def test_an_unknown_activation_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"probe\.activation"):
        measured(activation="softplus")
