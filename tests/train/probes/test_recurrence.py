"""Slopes through time, held to closed forms and to TensorFlow's own gradient of Keras's cells."""

from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.jobs import read_job
from coursekit.train.probes.recurrence import Recurrence
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured


@pytest.mark.parametrize("gain", [0.5, 0.9, 1.0, 1.1, 2.0])
def test_with_nothing_read_each_step_of_a_plain_cell_multiplies_by_the_gain(gain: float) -> None:
    rows, values = measured(Recurrence(inputs=0, recurrent_gain=gain, steps=20))

    assert values["per_step"] == pytest.approx(gain, rel=1e-9)
    assert values["left"] == pytest.approx(gain**19, rel=1e-9)
    assert [row["left"] for row in rows] == pytest.approx([gain**back for back in range(20)], rel=1e-9)


@pytest.mark.parametrize("bias", [-2.0, 0.0, 1.0, 4.0])
def test_with_nothing_read_each_step_of_an_lstm_multiplies_by_its_forget_gate(bias: float) -> None:
    values = measured(Recurrence(cell="LSTM", inputs=0, forget_bias=bias, steps=20))[1]

    # all states are 0, so of the gates only the candidate passes slopes on, through h: i * o * gain / 2 at the most
    gate = 1 / (1 + np.exp(-bias))
    assert gate - 0.25 <= values["per_step"] <= gate + 0.25


def test_what_is_read_bends_tanh_so_that_less_is_left() -> None:
    quiet, loud = (measured(Recurrence(inputs=inputs))[1]["left"] for inputs in (0.1, 1.0))

    assert loud < quiet < 1


def test_an_open_forget_gate_carries_a_slope_a_hundred_steps_back() -> None:
    shut, open_ = (measured(Recurrence(cell="LSTM", forget_bias=bias, steps=100))[1]["left"] for bias in (0.0, 6.0))

    assert shut < 1e-3
    assert open_ > 0.1


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("cell", ["plain", "LSTM"])
def test_the_slopes_are_those_of_keras_cells(cell: Any) -> None:
    import keras
    import tensorflow as tf

    probe = Recurrence(cell=cell, units=5, steps=6, recurrent_gain=0.8, forget_bias=2.0)
    stream = Stream(3, "parameters")
    gates = 4 if cell == "LSTM" else 1
    kernel = stream.normal((8, gates * 5)) / 8**0.5
    recurrent = 0.8 * np.hstack([np.linalg.qr(stream.normal((5, 5)))[0] for _ in range(gates)])
    wanted, read = stream.normal((5,)), Stream(3, "data").normal((6, 20, 8))
    kind: Any = keras.layers.LSTMCell if cell == "LSTM" else keras.layers.SimpleRNNCell
    layer = kind(5, dtype="float64")
    layer.build((20, 8))
    bias = np.zeros(gates * 5)
    bias[5:10] = 2.0 if cell == "LSTM" else 0.0
    layer.set_weights([kernel, recurrent, bias if cell == "LSTM" else np.zeros(5)])

    carried, h = list[Any](), tf.zeros(())
    with tf.GradientTape() as tape:
        states = [tf.zeros((20, 5), tf.float64)] * (2 if cell == "LSTM" else 1)
        for x in read:
            tape.watch(states)
            h, states = layer(tf.constant(x), states)
            tape.watch(states)
            carried.append(states[-1])
        loss = tf.reduce_sum(h * wanted)
    by_state: Any = tape.gradient(loss, carried)

    rows = measured(probe, 3)[0]
    expected = [float((each.numpy() ** 2).mean() ** 0.5) for each in reversed(by_state)]
    assert [row["slope"] for row in rows] == pytest.approx(expected, rel=1e-6)


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(Recurrence(), 3) == measured(Recurrence(), 3)
    assert measured(Recurrence(), 3) != measured(Recurrence(), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.steps must be a whole number from 2 to 500"):
        read_job({"probe": {"name": "recurrence", "steps": 1}})
