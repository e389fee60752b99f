import json
from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import split
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.landscape import Landscape, survey, trajectory
from coursekit.train.plane import principal_directions
from coursekit.train.problem import prepare
from coursekit.train.streams import Stream

BOWL: dict[str, Any] = {"model": {"name": "quadratic", "eigenvalues": [1.0, 10.0], "start": [1.0, -2.0]}}
LONG_BOWL: dict[str, Any] = {
    "model": {"name": "quadratic", "eigenvalues": [1, 3, 10, 30], "start": [1, -1, 2, 0.5]},
    "learning_rate": 0.02,
}
WELL: dict[str, Any] = {"model": "double-well", "data": {"name": "slopes", "scale": 2}, "batch_size": 4}
SADDLE: dict[str, Any] = {"model": {"name": "saddle", "start": [1, 0.1]}, "data": "slopes", "batch_size": 10}
SOFTMAX: dict[str, Any] = {"model": "softmax", "data": "digits", "batch_size": 32, "learning_rate": 0.3, "steps": 60}
MLP: dict[str, Any] = {**SOFTMAX, "model": {"name": "mlp", "hidden": [8]}, "optimizer": "momentum"}
TANGENT: dict[str, Any] = {"model": "linear", "data": {"name": "linear", "features": 1}, "batch_size": 16}


def config(run: dict[str, Any], **changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({"optimizer": "sgd", "learning_rate": 0.05, "steps": 30, **run, **changes})


def training_loss(run: TrainingConfig, flat: Any, rows: Any = slice(None)) -> float:
    problem = prepare(run)
    x, y = problem.split.x_train[rows], problem.split.y_train[rows]
    return float(problem.model.loss(split(flat, problem.shapes, np), x, y, np))


def nearest(landscape: Landscape, point: Any) -> tuple[int, int]:
    """Return row and column of the grid point that is nearest to a point of the plane."""
    along, across = point
    return int(abs(landscape.second - across).argmin()), int(abs(landscape.first - along).argmin())


def test_a_bowl_of_two_parameters_is_exact() -> None:
    landscape = trajectory(config(BOWL), resolution=21)

    k = np.arange(31)
    np.testing.assert_array_equal(landscape.steps, k)
    np.testing.assert_allclose(landscape.path, np.stack([0.95**k, -2 * 0.5**k], axis=1), rtol=1e-12)
    w1, w2 = np.meshgrid(landscape.first, landscape.second)
    np.testing.assert_allclose(landscape.losses, 0.5 * w1**2 + 5 * w2**2, rtol=1e-12)
    assert (landscape.explained, landscape.remaining) == (1, 0)


@pytest.mark.parametrize("run", [SADDLE, TANGENT], ids=["saddle", "line"])
def test_two_parameters_are_the_axes(run: dict[str, Any]) -> None:
    landscape = trajectory(config(run))

    np.testing.assert_array_equal(landscape.directions, np.eye(2))
    np.testing.assert_array_equal(landscape.path[0], prepare(config(run)).params)
    row, column = nearest(landscape, landscape.path[-1])
    there = np.array([landscape.first[column], landscape.second[row]])
    assert landscape.losses[row, column] == pytest.approx(training_loss(config(run), there), rel=1e-12)


@pytest.mark.parametrize("run", [LONG_BOWL, SOFTMAX, MLP], ids=["bowl", "softmax", "mlp"])
def test_many_parameters_are_seen_from_the_end(run: dict[str, Any]) -> None:
    landscape = trajectory(config(run), resolution=5, rows=100)

    np.testing.assert_allclose(landscape.path[-1], [0, 0], atol=1e-12)
    np.testing.assert_allclose(landscape.directions @ landscape.directions.T, np.eye(2), atol=1e-12)
    assert (landscape.path[0] >= 0).all()
    assert 0 < landscape.explained < 1
    assert landscape.remaining == pytest.approx(1 - landscape.explained)


@pytest.mark.parametrize("run", [LONG_BOWL, MLP], ids=["bowl", "mlp"])
def test_the_grid_has_the_training_loss_of_its_points(run: dict[str, Any]) -> None:
    landscape = trajectory(config(run), resolution=4, rows=200)

    for row, across in enumerate(landscape.second):
        for column, along in enumerate(landscape.first):
            flat = landscape.origin + np.array([along, across]) @ landscape.directions
            expected = training_loss(config(run), flat, landscape.sample)
            assert landscape.losses[row, column] == pytest.approx(expected, rel=1e-12)


def test_the_loss_nearest_to_a_point_of_the_path_is_the_loss_there() -> None:
    # Two of three curvatures are alike and start alike, so that the run stays in a plane.
    flat = config({"model": {"name": "quadratic", "eigenvalues": [1, 1, 8], "start": [1, 1, 1]}})
    landscape = trajectory(flat, resolution=401)

    assert landscape.explained == pytest.approx(1, abs=1e-12)
    k = landscape.steps
    expected = 0.95 ** (2 * k) + 4 * 0.6 ** (2 * k)
    found = [landscape.losses[nearest(landscape, point)] for point in landscape.path]
    np.testing.assert_allclose(found, expected, rtol=0.03)


def test_the_path_is_that_of_fit() -> None:
    *_, last = fit(config(TANGENT, eval_every=30))

    landscape = trajectory(config(TANGENT))

    problem = prepare(config(TANGENT))
    arrays = split(landscape.path[-1], problem.shapes, np)
    loss = problem.model.loss(arrays, problem.split.x_validation, problem.split.y_validation, np)
    assert loss == pytest.approx(last.validation_loss, rel=1e-12)


@pytest.mark.parametrize(("points", "steps"), [(100, list(range(31))), (4, [0, 8, 16, 24, 30]), (1, [0, 30])])
def test_at_most_so_many_points_and_the_ends_are_kept(points: int, steps: list[int]) -> None:
    landscape = trajectory(config(LONG_BOWL), points=points, resolution=2)

    assert landscape.steps.tolist() == steps
    assert landscape.path.shape == (len(steps), 2)


def test_a_run_that_ends_early_is_shown_to_its_end() -> None:
    early = config(LONG_BOWL, stop_below=1.0, steps=1000)

    landscape = trajectory(early, points=10, resolution=2)

    assert landscape.steps[-1] == len(list(fit(early))) < 100


@pytest.mark.parametrize("run", [BOWL, LONG_BOWL, SOFTMAX, MLP], ids=["two", "four", "softmax", "mlp"])
@pytest.mark.parametrize("rate", [1e30, 1e200, 1e308])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_diverged_run_is_shown_as_far_as_it_can_be_drawn(run: dict[str, Any], rate: float, dtype: str) -> None:
    landscape = trajectory(config(run, learning_rate=rate, dtype=dtype), resolution=3, rows=10)

    assert np.isfinite(landscape.path).all()
    assert 0 <= landscape.explained <= 1
    json.dumps(landscape.to_json(), allow_nan=False)


@pytest.mark.parametrize("start", [[1e200, 1], [1e200, 1, 1]])
def test_a_start_too_far_away_is_all_that_is_shown(start: list[float]) -> None:
    far = config({"model": {"name": "quadratic", "eigenvalues": [1e200] * len(start), "start": start}})

    landscape = trajectory(far, resolution=3)

    assert landscape.steps.tolist() == [0]
    assert np.isfinite(landscape.path).all()


def test_a_run_that_does_not_move_has_a_grid_around_it() -> None:
    still = config({"model": {"name": "quadratic", "eigenvalues": [1, 2, 3], "start": [0, 0, 0]}})

    landscape = trajectory(still, resolution=3)

    assert landscape.explained == 1
    assert landscape.first[0] < 0 < landscape.first[-1]
    assert landscape.losses[1, 1] == 0


def test_principal_directions_are_found_again() -> None:
    stream = Stream(4, "data")
    basis = np.linalg.qr(stream.normal((50, 3)))[0].T
    moves = stream.normal((200, 3)) * [10.0, 3.0, 0.1] @ basis

    directions, explained = principal_directions(moves)

    np.testing.assert_allclose(abs(directions @ basis.T), [[1, 0, 0], [0, 1, 0]], atol=0.1)
    assert explained == pytest.approx(1 - 0.1**2 / (10**2 + 3**2), abs=1e-4)


def test_json_has_what_a_picture_needs() -> None:
    landscape = trajectory(config(LONG_BOWL), points=3, resolution=4)

    told = json.loads(json.dumps(landscape.to_json(), allow_nan=False))

    assert set(told) == {"places", "first", "second", "losses", "grid_rows", "explained", "remaining"}
    np.testing.assert_array_equal(told["losses"], landscape.losses)
    np.testing.assert_array_equal([place["at"] for place in told["places"]], landscape.path)
    assert set(told["places"][0]) == {"step", "at", "loss", "rate", "full", "batch", "cosine"}


def test_columns_and_rows_of_the_grid_may_differ() -> None:
    landscape = trajectory(config(BOWL), resolution=(7, 3))

    assert (len(landscape.first), len(landscape.second)) == (7, 3)
    w1, w2 = np.meshgrid(landscape.first, landscape.second)
    np.testing.assert_allclose(landscape.losses, 0.5 * w1**2 + 5 * w2**2, rtol=1e-12)


def test_one_parameter_is_a_line() -> None:
    landscape = trajectory(config(WELL), resolution=(41, 9))

    w = landscape.first
    assert landscape.second.tolist() == [0]
    assert landscape.path[:, 1].tolist() == [0] * 31
    assert landscape.path[0, 0] == 1
    np.testing.assert_allclose(landscape.losses, [w**4 / 4 - w**2 / 2 + 0.2 * w], rtol=1e-12)
    assert {place.full.arrow[1] for place in landscape.places} == {0}


def test_a_grid_that_would_take_long_is_taken_on_some_rows_always_the_same() -> None:
    wide = {**MLP, "model": {"name": "mlp", "hidden": [64]}, "steps": 2}
    runs = (config(MLP, steps=2), config(wide), config(wide, seed=1))

    quick, *slow = (trajectory(run, resolution=2) for run in runs)

    assert [len(each.sample) for each in (quick, *slow)] == [1437, 256, 256]
    np.testing.assert_array_equal(slow[0].sample, slow[1].sample)
    assert slow[0].to_json()["grid_rows"] == 256


def test_some_rows_of_a_sorted_set_are_of_all_classes() -> None:
    sorted_blobs = {"name": "blobs", "n": 2000, "classes": 4, "order": "sorted"}
    run = config({"model": "softmax", "data": sorted_blobs})

    landscape = trajectory(run, resolution=2, rows=100)

    labels = prepare(run).split.y_train[landscape.sample].argmax(axis=1)
    assert min(np.bincount(labels, minlength=4)) >= 10


def test_a_large_model_is_shown_at_fewer_places() -> None:
    large = {"model": {"name": "mlp", "hidden": [4096, 400]}, "data": {"name": "blobs", "n": 10}, "steps": 8}

    landscape = trajectory(config(large), resolution=2)

    assert landscape.origin.size > 1_600_000
    assert landscape.steps.tolist() == [0, 4, 8]


def test_the_share_that_is_done_grows_until_the_landscape_is_there() -> None:
    *shares, landscape = survey(config(SOFTMAX), points=20, resolution=10)

    assert isinstance(landscape, Landscape)
    done = [share for share in shares if isinstance(share, float)]
    assert len(done) == len(shares)
    assert done == sorted(done)
    assert 0 < done[0] < 0.1
    assert shares[-1] == 1


@pytest.mark.parametrize("option", ["points", "resolution", "rows"])
def test_too_small_a_number_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match=f"{option} must be at least"):
        trajectory(config(BOWL), **{option: 0})


def test_too_few_rows_of_the_grid_are_refused() -> None:
    with pytest.raises(ValueError, match="resolution must be at least 2, got 1"):
        trajectory(config(BOWL), resolution=(48, 1))
