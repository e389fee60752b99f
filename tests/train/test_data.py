from pathlib import Path

import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.data import Data, digits
from coursekit.train.data.digits import Digits
from coursekit.train.data.linear import LinearData
from coursekit.train.data.sparse_logistic import SparseLogistic

FAMILY = "coursekit.train.data"


@pytest.mark.parametrize("name", plugins.names(FAMILY))
def test_a_split_has_the_sizes_that_were_announced(name: str) -> None:
    data: Data = plugins.load(FAMILY, name)()

    split, sizes = data.split(), data.sizes

    assert split.x_train.shape == (sizes.train, sizes.features)
    assert split.y_train.shape == (sizes.train, sizes.outputs)
    assert split.x_validation.shape == (sizes.validation, sizes.features)
    assert split.y_validation.shape == (sizes.validation, sizes.outputs)


@pytest.mark.parametrize("name", plugins.names(FAMILY))
def test_the_same_options_give_the_same_arrays(name: str) -> None:
    data: Data = plugins.load(FAMILY, name)()

    first, second = data.split(), data.split()

    assert first.x_train.tobytes() == second.x_train.tobytes()
    assert first.y_validation.tobytes() == second.y_validation.tobytes()


@pytest.mark.parametrize("name", plugins.names(FAMILY))
def test_targets_are_what_the_data_says(name: str) -> None:
    data: Data = plugins.load(FAMILY, name)()

    y = data.split().y_train

    match data.target:
        case "numbers":
            assert y.shape[1] == 1
        case "yes or no":
            assert set(y.ravel()) == {0, 1}
        case "classes":
            assert set(y.ravel()) == {0, 1}
            assert (y.sum(axis=1) == 1).all()


def test_digits_hold_every_image_once() -> None:
    split = Digits().split()

    x = np.concatenate([split.x_train, split.x_validation]) * 16
    y = np.concatenate([split.y_train, split.y_validation])

    assert y.sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (x.min(), x.max(), x.sum()) == (0, 16, 561718)


def test_digits_come_with_their_origin_and_licence() -> None:
    note = Path(digits.__file__).with_suffix(".md").read_text(encoding="utf-8")

    assert "Alpaydin" in note
    assert "CC BY 4.0" in note


def test_the_known_optimum_leaves_only_the_noise() -> None:
    data = LinearData(n=20_000, noise=0.5)

    split = data.split()

    error = split.y_validation - split.x_validation @ data.optimum()
    assert (error**2).mean() == pytest.approx(0.25, rel=0.05)


def test_another_seed_gives_other_rows() -> None:
    assert LinearData(seed=0).split().x_train[0, 0] != LinearData(seed=1).split().x_train[0, 0]


def test_sparse_features_are_rare_and_informative() -> None:
    data = SparseLogistic(n=100_000, dense=1, sparse=2, rate=0.1)

    split = data.split()

    x, y = split.x_train, split.y_train[:, 0]
    assert x[:, 1:].mean() == pytest.approx(0.1, abs=0.005)
    assert data.optimum().ravel().tolist() == [0.2, -4.0, 4.0]
    assert y[(x[:, 1] == 1) & (x[:, 2] == 0)].mean() < 0.1
    assert y[(x[:, 1] == 0) & (x[:, 2] == 1)].mean() > 0.9
