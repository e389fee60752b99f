import numpy as np
import pytest

from coursekit.train.probes.picked_features import PickedFeatures, nearest
from tests.train.probes.conftest import measured


def test_picked_on_all_rows_labels_drawn_by_chance_are_told_as_well_as_in_the_book() -> None:
    """Hastie, Tibshirani, Friedman, section 7.10.2, report an average error of 3 % for these sizes."""
    leaking = measured(PickedFeatures(features=5000, rows=50, kept=100))[1]
    honest = measured(PickedFeatures(features=5000, rows=50, kept=100, picked_on="training rows"))[1]

    assert leaking["estimate"] > 0.95
    assert leaking["truth"] == pytest.approx(0.5, abs=0.1)
    assert honest["estimate"] == pytest.approx(0.5, abs=0.1)


def test_with_as_many_kept_as_there_are_nothing_is_picked_and_nothing_leaks() -> None:
    values = measured(PickedFeatures(features=20, kept=20))

    assert values == measured(PickedFeatures(features=20, kept=20))
    assert (
        values[1]["estimate"]
        == measured(PickedFeatures(features=20, kept=20, picked_on="training rows"))[1]["estimate"]
    )
    assert values[1]["estimate"] == pytest.approx(0.5, abs=0.1)


def test_the_columns_picked_are_those_that_numpy_finds_to_be_correlated_most() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(30, 40)), np.where(np.arange(30) % 2, 1, -1)

    picked = PickedFeatures(kept=5).picked(x, y)

    strength = np.abs([np.corrcoef(column, y)[0, 1] for column in x.T])
    assert sorted(picked.tolist()) == sorted(np.argsort(strength)[-5:].tolist())


def test_a_new_row_takes_the_label_of_the_row_that_is_nearest_by_distance() -> None:
    rng = np.random.default_rng(1)
    x, y, new = rng.normal(size=(30, 4)), rng.choice([-1, 1], 30), rng.normal(size=(20, 4))

    told = nearest(x, y, new)

    assert told.tolist() == y[np.linalg.norm(new[:, None] - x, axis=2).argmin(axis=1)].tolist()
