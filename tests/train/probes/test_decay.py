"""What decay leaves, held to the closed form of a weight that loses the same share in every step."""

from typing import Literal

import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.probes.decay import Decay
from tests.train.probes.conftest import measured


def left(probe: Decay, seed: int = 0) -> list[float]:
    return [float(row["left"] or 0) for row in measured(probe, seed)[0]]


@pytest.mark.parametrize("steps", [1, 10, 500])
def test_beside_adams_step_every_weight_loses_the_same_share(steps: int) -> None:
    parts = left(Decay(decay="beside the step", weight_decay=0.3, learning_rate=0.02, steps=steps))

    assert parts == pytest.approx([(1 - 0.02 * 0.3) ** steps] * 4, rel=1e-9)


@pytest.mark.parametrize("decay", ["in the gradient", "beside the step"])
def test_with_sgd_it_is_the_same_wherever_it_is_written(decay: Literal["in the gradient", "beside the step"]) -> None:
    assert left(Decay(rule="sgd", decay=decay)) == pytest.approx([(1 - 0.01 * 0.1) ** 1000] * 4, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_in_adams_gradient_a_weight_decays_less_the_larger_its_gradients(seed: int) -> None:
    parts = left(Decay(decay="in the gradient"), seed)

    assert parts[1] < 0.1 < parts[2] < 0.6 < parts[3] < 1
    # Where noise rules the denominator, the decay is divided by its size: dw = -lr wd w / size.
    assert parts[3] == pytest.approx((1 - 0.01 * 0.1 / 10) ** 1000, abs=0.05)


def test_without_decay_nothing_is_lost_on_the_whole() -> None:
    assert left(Decay(decay="none")) == pytest.approx([1] * 4, rel=1e-9)
    assert left(Decay(rule="sgd", decay="none")) == pytest.approx([1] * 4, rel=1e-9)


def test_the_values_are_the_extremes_and_hang_on_the_seed() -> None:
    rows, values = measured(Decay(), 3)

    parts = [row["left"] for row in rows]
    assert values == {"left_least": min(parts), "left_most": max(parts)}  # pyright: ignore[reportArgumentType]
    assert measured(Decay(), 3) == (rows, values) != measured(Decay(), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.rule must be 'sgd' or 'adam'"):
        read_job({"probe": {"name": "decay", "rule": "lion"}})
