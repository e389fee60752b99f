from math import comb

import numpy as np
import pytest

from coursekit.train.probes.best_of_many import BestOfMany
from tests.train.probes.conftest import measured


def best_of_coins(settings: int, examples: int, right: float) -> float:
    """The mean of the largest of some binomial shares, from the distribution itself."""
    chances = [comb(examples, k) * right**k * (1 - right) ** (examples - k) for k in range(examples + 1)]
    at_most = np.cumsum(chances) ** settings
    return float(np.diff(at_most, prepend=0) @ np.arange(examples + 1)) / examples


@pytest.mark.parametrize("settings", [1, 10, 100])
@pytest.mark.parametrize("held_out", [50, 400])
def test_the_best_of_equals_looks_as_good_as_the_largest_of_binomial_shares(settings: int, held_out: int) -> None:
    values = measured(BestOfMany(settings=settings, held_out=held_out))[1]

    error_of_the_mean = 0.4 / (200 * held_out) ** 0.5
    assert values["reported"] == pytest.approx(best_of_coins(settings, held_out, 0.8), abs=4 * error_of_the_mean)
    assert values["true_accuracy"] == pytest.approx(0.8, abs=1e-12)
    assert values["optimism"] == values["reported"] - values["true_accuracy"]


def test_the_half_that_did_not_choose_reports_without_optimism() -> None:
    honest = measured(BestOfMany(settings=100, held_out=400, spread=0.02, chosen_on="one half"))[1]
    flattered = measured(BestOfMany(settings=100, held_out=400, spread=0.02))[1]

    assert abs(honest["optimism"]) < 0.007 < flattered["optimism"]
    assert flattered["true_accuracy"] > honest["true_accuracy"] > 0.82


def test_the_table_goes_up_to_a_hundred_settings_and_holds_the_one_that_is_set() -> None:
    rows, values = measured(BestOfMany(settings=7, held_out=20))

    assert [row["settings"] for row in rows] == [1, 2, 5, 7, 10, 20, 50, 100]
    assert rows[3]["reported"] == round(values["reported"], 4)
    assert measured(BestOfMany(held_out=20), 3) != measured(BestOfMany(held_out=20), 4)
