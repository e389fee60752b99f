"""A model of two processors, held to what can be worked out from one row of its own."""

from functools import partial

import pytest

from coursekit.errors import ConfigError
from coursekit.train.probes.two_processors import Processor
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured_by_name

measured = partial(measured_by_name, "two-processors")


def test_the_roofline_is_the_slower_of_arithmetic_and_memory() -> None:
    """The Opteron X2 of the roofline's paper: 17.6 GFlop/s, 15 GB/s, a ridge near 1.17 flops a byte."""
    opteron = Processor(operations=17.6e9, memory=15e9, begin=0)

    assert opteron.seconds(1e9, 1e9) == (pytest.approx(1 / 15), "memory")
    assert opteron.seconds(1.16e9, 1e9)[1] == "memory"
    assert opteron.seconds(1.18e9, 1e9) == (pytest.approx(1.18 / 17.6), "arithmetic")


@pytest.mark.parametrize("seed", range(5))
def test_only_large_products_that_stay_there_are_much_faster(seed: int) -> None:
    stays = measured(seed, operations_per_copy=100)[1]
    copied = measured(seed)[1]
    sums = measured(seed, work="sum of two matrices")[1]
    steps = measured(seed, work="one small step after another", operations_per_copy=1000)[1]

    assert stays["times_faster"] > 18 > 9 > copied["times_faster"] > 1
    assert sums["times_faster"] < 1
    assert steps["times_faster"] < 0.2


def test_the_share_of_the_copy_and_the_speed_are_those_of_the_row() -> None:
    rows, values = measured(size=512, operations_per_copy=3)

    last = rows[-1]
    whole = last["gpu_ms"] + last["copy_ms"]
    assert last["size"] == 512
    assert values["copy_share"] == pytest.approx(last["copy_ms"] / whole)
    assert values["times_faster"] == pytest.approx(last["cpu_ms"] / whole)


def test_half_the_bytes_take_half_the_time_to_move() -> None:
    whole, half = (measured(numbers=numbers)[0][-1]["copy_ms"] for numbers in ("float32", "float16"))

    assert whole == pytest.approx(2 * half)


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(3) == measured(3)
    assert measured(3) != measured(4)


def test_a_matrix_of_nothing_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"probe\.size"):
        ProbeConfig.from_json({"probe": {"name": "two-processors", "size": 0}})
