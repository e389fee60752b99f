"""Rounding to 16 bits held to NumPy's own and TensorFlow's number types, and gradients to those of Keras."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.probes.loss_scaling import rounded
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured_by_name

DEEP = "eight layers of sigmoid"

measured = partial(measured_by_name, "loss-scaling")


class TestRounding:
    def test_bfloat16_is_rounded_as_tensorflow_rounds_it(self) -> None:
        kind = pytest.importorskip("ml_dtypes").bfloat16  # TensorFlow's own number type, without TensorFlow
        x = (np.random.default_rng(0).normal(size=4000) * 10.0 ** np.arange(-20, 20).repeat(100)).astype(np.float32)

        ties = (np.arange(0x3F80, 0x3F90, dtype=np.uint32) << 16 | 0x8000).view(np.float32)
        every = np.concatenate([x, ties])

        assert np.array_equal(rounded(every, "bfloat16"), every.astype(kind).astype(np.float32))

    def test_what_is_below_half_of_the_smallest_float16_becomes_0(self) -> None:
        least = float(np.finfo(np.float16).smallest_subnormal)

        with np.errstate(over="ignore"):
            kept = rounded(np.array([0.49 * least, 0.51 * least, 65520.0]), "float16")

        assert kept.tolist() == [0.0, least, np.inf]

    def test_float32_is_left_alone(self) -> None:
        x = np.array([1e-30, 1 / 3], np.float32)

        assert np.array_equal(rounded(x, "float32"), x)


class TestGradients:
    @pytest.mark.parametrize("seed", range(3))
    def test_in_float32_a_power_of_two_changes_nothing(self, seed: int) -> None:
        values = measured(seed, numbers="float32", scale=2.0**12)[1]

        assert values == {"lost": 0, "overflowed": 0, "worst_error": 0}

    @pytest.mark.parametrize("seed", range(3))
    def test_float16_loses_the_first_layers_until_the_loss_is_scaled(self, seed: int) -> None:
        plain, scaled, far = (measured(seed, scale=2.0**power)[1] for power in (0, 12, 26))

        assert plain["lost"] > 0.05
        assert plain["worst_error"] > 0.3
        assert scaled["lost"] < 0.001
        assert scaled["worst_error"] < 0.005
        assert far["overflowed"] > 0.5

    def test_bfloat16_loses_nothing_but_is_less_exact(self) -> None:
        values, sixteen = measured(numbers="bfloat16")[1], measured(scale=4096)[1]

        assert values["lost"] < 0.005
        assert values["overflowed"] == 0
        assert values["worst_error"] > 4 * sixteen["worst_error"]

    @pytest.mark.slow
    def test_the_gradient_is_that_of_keras(self) -> None:
        pytest.importorskip("tensorflow")
        import keras
        import tensorflow as tf

        from coursekit.train.probes.loss_scaling import LossScaling, _gradient

        params, x, y = LossScaling(network="one layer of relu")._moment(0)
        model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(10)])
        model.set_weights(params)
        with tf.GradientTape() as tape:
            loss = keras.losses.CategoricalCrossentropy(from_logits=True)(y, model(x))
        expected = gradient(tape, loss, model)
        mine = _gradient(params, x, y, "relu", "float32", 1.0)

        for one, two in zip(mine, expected, strict=True):
            np.testing.assert_allclose(one, two.numpy(), rtol=1e-3, atol=1e-7)


def gradient(tape: Any, loss: Any, model: Any) -> Any:
    """Return Keras's gradient by what its layers multiply by."""
    return tape.gradient(loss, [layer.kernel.value for layer in model.layers])


def test_layers_are_told_from_the_last_to_the_first() -> None:
    assert [row["layer"] for row in measured()[0]] == [*range(9, 0, -1)]
    assert [row["layer"] for row in measured(network="one layer of relu", after_steps=300)[0]] == [2, 1]


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(3) == measured(3)
    assert measured(3) != measured(4)


def test_a_scale_below_1_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"probe\.scale"):
        ProbeConfig.from_json({"probe": {"name": "loss-scaling", "scale": 0.5}})
