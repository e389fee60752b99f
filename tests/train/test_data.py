from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.arrays import Array
from coursekit.train.data import Data, digits, penguins
from coursekit.train.data.blobs import Blobs
from coursekit.train.data.digits import Digits
from coursekit.train.data.linear import LinearData
from coursekit.train.data.penguins import Penguins
from coursekit.train.data.slopes import Slopes
from coursekit.train.data.sparse_logistic import SparseLogistic
from coursekit.train.data.spirals import Spirals
from coursekit.train.losses import CROSS_ENTROPY

FAMILY = "coursekit.train.data"

# Of each set with its default options: see `fingerprint`.
GOLDEN = {
    "blobs": "8fad26a50e89a021",
    "digits": "03b5a5d61069e2e8",
    "linear": "6951f30e14f800d3",
    "penguins": "db413871320bc0ed",
    "slopes": "77368b4a682b5c30",
    "sparse-logistic": "0db60ac57341b267",
    "spirals": "4cbed4fa2e213b78",
}


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
def test_every_version_makes_the_same_arrays(name: str) -> None:
    data: Data = plugins.load(FAMILY, name)()

    split = data.split()

    assert fingerprint(split.x_train, split.y_train, split.x_validation, split.y_validation) == GOLDEN[name]


def fingerprint(*arrays: Array) -> str:
    """Hash numbers to nine decimals: the last bits may differ between versions of NumPy and processors."""
    rounded = [np.round(array, 9) + 0.0 for array in arrays]  # -0 + 0 is 0
    return sha256(b"".join(array.astype("<f8").tobytes() for array in rounded)).hexdigest()[:16]


@pytest.mark.parametrize("name", plugins.names(FAMILY))
def test_an_image_fills_a_row(name: str) -> None:
    data: Data = plugins.load(FAMILY, name)()

    image = data.sizes.image

    assert image is None or np.prod(image) == data.sizes.features


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
        case "slopes":
            assert y.shape[1] == 0


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


def test_penguins_hold_every_bird_with_measurements_once() -> None:
    split = Penguins().split()

    x = np.concatenate([split.x_train, split.x_validation])
    y = np.concatenate([split.y_train, split.y_validation])

    assert y.sum(axis=0).tolist() == [151, 68, 123]
    assert len(np.unique(x, axis=0)) == 342


def test_penguins_are_standardised_by_the_training_rows() -> None:
    x = Penguins().split().x_train

    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(x.std(axis=0), 1)


def test_penguins_are_those_of_the_paper() -> None:
    with np.load(Path(penguins.__file__).with_suffix(".npz"), allow_pickle=False) as file:
        bills, grams = file["millimetres_x10"][:, 0] / 10, file["grams"]

    assert bills.mean() == pytest.approx(43.92193)
    assert grams.mean() == pytest.approx(4201.754386)
    assert (bills[0], grams[0]) == (39.1, 3750)


def test_penguins_come_with_their_origin_and_licence() -> None:
    note = Path(penguins.__file__).with_suffix(".md").read_text(encoding="utf-8")

    assert "Gorman" in note
    assert "CC0" in note


@pytest.mark.parametrize("data", [Penguins(), Digits()], ids=repr)
def test_no_row_is_for_training_and_for_validation(data: Data) -> None:
    split = data.split()

    assert not {row.tobytes() for row in split.x_train} & {row.tobytes() for row in split.x_validation}


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


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("n", "scale"), [(1000, 1.0), (997, 0.3), (100_000, 2047.0), (1, 1.0), (10, 0.0)])
def test_slopes_cancel_out_exactly_in_any_order(n: int, scale: float, dtype: str) -> None:
    x = Slopes(n=n, scale=scale).split().x_train.astype(dtype)

    for order in (x, x[::-1], np.sort(x, axis=0)):
        assert order.mean() == 0
        assert np.cumsum(order)[-1] == 0


def test_slopes_spread_as_asked() -> None:
    split = Slopes(n=10_000, scale=0.3).split()

    assert split.x_train.std() == pytest.approx(0.3, rel=0.02)
    assert split.x_validation.tolist() == [[0]]


def test_no_logits_beat_the_known_optimum_of_blobs() -> None:
    data = Blobs(n=50_000, spread=0.8, seed=1)
    split, (weights, bias) = data.split(), data.optimum()

    losses = {
        factor: CROSS_ENTROPY.value(factor * (split.x_train @ weights + bias), split.y_train, np)
        for factor in (0.8, 1, 1.25)
    }

    assert min(losses, key=lambda factor: losses[factor]) == 1
    slope = CROSS_ENTROPY.slope(split.x_train @ weights + bias, split.y_train, np)
    np.testing.assert_allclose(split.x_train.T @ slope, 0, atol=0.01)


def test_sorted_blobs_are_the_same_rows_class_by_class() -> None:
    mixed, by_class = Blobs(n=52, classes=3).split(), Blobs(n=52, classes=3, order="sorted").split()

    labels, kept = by_class.y_train.argmax(axis=1), [mixed.y_train[:, label] == 1 for label in range(3)]
    assert labels.tolist() == [0] * 14 + [1] * 14 + [2] * 14
    np.testing.assert_array_equal(by_class.x_train, np.concatenate([mixed.x_train[rows] for rows in kept]))
    np.testing.assert_array_equal(by_class.x_validation, mixed.x_validation)
    np.testing.assert_array_equal(by_class.y_validation, mixed.y_validation)


def test_spiral_arms_are_turned_copies_of_each_other() -> None:
    split = Spirals(n=3000, arms=3, turns=1.5, noise=0).split()

    for arm in range(3):
        x = split.x_train[split.y_train[:, arm] == 1]
        along = np.hypot(*x.T)
        angle = 2 * np.pi * (1.5 * along + arm / 3)
        np.testing.assert_allclose(x, along[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), atol=1e-12)
