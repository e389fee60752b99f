"""What the docstrings of the saddle and the double well say of their minima, and what noise does there."""

import numpy as np
import pytest

from coursekit.train.data.slopes import Slopes
from coursekit.train.models import Model
from coursekit.train.models.double_well import DoubleWell
from coursekit.train.models.saddle import Saddle
from coursekit.train.streams import Stream

STILL = np.zeros((1, 1)), np.zeros((1, 0))  # a batch without slope


@pytest.mark.parametrize(
    ("model", "at", "height"),
    [
        (Saddle(), (0, 0), 0),
        (Saddle(), (0, 1), -0.25),
        (Saddle(), (0, -1), -0.25),
        (DoubleWell(), (0.879,), -0.061),
        (DoubleWell(), (0.209,), 0.021),
        (DoubleWell(), (-1.088,), -0.459),
    ],
    ids=repr,
)
def test_ground_is_level_where_the_docstring_says(model: Model, at: tuple[float, ...], height: float) -> None:
    loss, (grad,) = model.loss_and_gradient((np.array(at, float),), *STILL, np)

    assert loss == pytest.approx(height, abs=6e-4)
    np.testing.assert_allclose(grad, 0, atol=2e-3)


def test_without_noise_the_saddle_holds_what_starts_on_its_ridge() -> None:
    assert descend(Saddle(), batch_size=1000, steps=400).tolist() == pytest.approx([0, 0], abs=1e-8)


@pytest.mark.parametrize("batch_size", [64, 8, 1])
def test_noise_leaves_the_saddle(batch_size: int) -> None:
    w = descend(Saddle(), batch_size=batch_size, steps=400)

    assert Saddle().loss((w,), *STILL, np) <= -0.2


def test_without_noise_the_default_start_ends_in_the_shallow_minimum() -> None:
    assert descend(DoubleWell(), batch_size=1000, steps=2000).tolist() == pytest.approx([0.8788], abs=1e-4)


def test_beyond_its_limit_a_tilt_leaves_no_shallow_minimum() -> None:
    assert descend(DoubleWell(tilt=0.38), batch_size=1000, steps=2000)[0] > 0
    assert descend(DoubleWell(tilt=0.39), batch_size=1000, steps=2000)[0] < 0


def descend(model: Model, batch_size: int, steps: int) -> np.ndarray:
    """Return where a learning rate of 0.05 leads, batches drawn with replacement but for the whole set."""
    x, stream = Slopes(scale=0.5).split().x_train, Stream(0, "batches")
    w = model.init(Slopes().sizes, stream.normal)[0]
    for _ in range(steps):
        rows = (stream.uniform((batch_size,)) * 1000).astype(int) if batch_size < 1000 else stream.permutation(1000)
        w = w - 0.05 * model.loss_and_gradient((w,), x[rows], STILL[1], np)[1][0]
    return w
