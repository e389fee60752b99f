"""Weights in few bits, held to TensorFlow's own fake quantisation, and to what can be counted."""

from functools import partial

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.probes.quantised_weights import read_back, stored_bytes
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured_by_name

measured = partial(measured_by_name, "quantised-weights", hidden=16)


class TestReadingBack:
    @pytest.mark.slow
    @pytest.mark.parametrize("bits", [2, 3, 4, 8])
    def test_it_is_what_tensorflow_makes_of_them(self, bits: int) -> None:
        tf = pytest.importorskip("tensorflow")
        w = np.random.default_rng(bits).normal(size=(40, 7)).astype(np.float32)

        expected = tf.quantization.fake_quant_with_min_max_vars(w, w.min(), w.max(), num_bits=bits).numpy()

        np.testing.assert_allclose(read_back(w, bits, by_column=False), expected, atol=2e-6)

    @pytest.mark.slow
    @pytest.mark.parametrize("bits", [2, 4, 8])
    def test_by_column_too(self, bits: int) -> None:
        tf = pytest.importorskip("tensorflow")
        w = np.random.default_rng(bits).normal(size=(40, 7)).astype(np.float32) * np.arange(1, 8, dtype=np.float32)

        low, high = w.min(axis=0), w.max(axis=0)
        expected = tf.quantization.fake_quant_with_min_max_vars_per_channel(w, low, high, num_bits=bits).numpy()

        np.testing.assert_allclose(read_back(w, bits, by_column=True), expected, atol=2e-6)

    def test_0_stays_0_and_no_value_is_off_by_more_than_a_step(self) -> None:
        w = np.concatenate([[0.0], np.random.default_rng(0).uniform(-0.3, 0.9, 500)])

        kept = read_back(w, 5, by_column=False)

        assert kept[0] == 0
        assert np.abs(kept - w).max() <= (w.max() - w.min()) / 31
        assert len(np.unique(kept)) <= 32

    def test_values_that_are_all_the_same_stay_as_they_are(self) -> None:
        assert read_back(np.full(3, 0.7), 4, by_column=False) == pytest.approx(0.7)
        assert read_back(np.zeros(3), 4, by_column=False).tolist() == [0, 0, 0]


def test_bytes_are_bits_packed_and_a_scale_for_each_array_or_column() -> None:
    arrays = [(64, 16), (16,), (16, 10), (10,)]

    whole, eight, by_column = (
        sum(stored_bytes(shape, bits, by_column=column) for shape in arrays)
        for bits, column in ((32, False), (8, False), (8, True))
    )

    assert whole == 4 * 1210
    assert eight == 1210 + 4 * 8
    assert by_column == 1210 + (16 + 1 + 10 + 1) * 8


def test_eight_bits_cost_next_to_nothing_and_one_bit_nearly_all() -> None:
    eight, one = measured(bits=8)[1], measured(bits=1)[1]

    assert abs(eight["points_lost"]) <= 1
    assert eight["changed"] <= 0.01
    assert one["points_lost"] > 40


def test_the_table_compares_and_ends_with_the_setting() -> None:
    rows, values = measured(bits=6)

    assert [row["bits"] for row in rows] == [32, 16, 8, 4, 2, 6]
    assert values["bytes"] == rows[-1]["bytes"]
    assert rows[0]["changed"] == 0


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(3) == measured(3)
    assert measured(3)[1] != measured(4)[1]


def test_no_bits_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"probe\.bits"):
        ProbeConfig.from_json({"probe": {"name": "quantised-weights", "bits": 0}})
