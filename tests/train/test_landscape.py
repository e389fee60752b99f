import json
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.arrays import split
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.landscape import Landscape, principal_directions, trajectory
from coursekit.train.problem import prepare
from coursekit.train.streams import Stream

BOWL: dict[str, Any] = {"model": {"name": "quadratic", "eigenvalues": [1.0, 10.0], "start": [1.0, -2.0]}}
LONG_BOWL: dict[str, Any] = {
    "model": {"name": "quadratic", "eigenvalues": [1, 3, 10, 30], "start": [1, -1, 2, 0.5]},
    "learning_rate": 0.02,
}
SADDLE: dict[str, Any] = {"model": {"name": "saddle", "start": [1, 0.1]}, "data": "slopes", "batch_size": 10}
SOFTMAX: dict[str, Any] = {"model": "softmax", "data": "digits", "batch_size": 32, "learning_rate": 0.3, "steps": 60}
MLP: dict[str, Any] = {**SOFTMAX, "model": {"name": "mlp", "hidden": [8]}, "optimizer": "momentum"}
TANGENT: dict[str, Any] = {"model": "linear", "data": {"name": "linear", "features": 1}, "batch_size": 16}


def config(run: dict[str, Any], **changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({"optimizer": "sgd", "learning_rate": 0.05, "steps": 30, **run, **changes})


def training_loss(run: TrainingConfig, flat: Any, rows: int | None = None) -> float:
    problem = prepare(run)
    x, y = problem.split.x_train[:rows], problem.split.y_train[:rows]
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
            assert landscape.losses[row, column] == pytest.approx(training_loss(config(run), flat, 200), rel=1e-12)


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

    assert set(told) == {"steps", "path", "first", "second", "losses", "explained", "remaining"}
    np.testing.assert_array_equal(told["losses"], landscape.losses)
    np.testing.assert_array_equal(told["path"], landscape.path)


def test_one_parameter_has_no_landscape() -> None:
    with pytest.raises(ConfigError, match="model: a landscape needs at least two parameters"):
        trajectory(config({"model": {"name": "quadratic", "eigenvalues": [1], "start": [1]}}))


@pytest.mark.parametrize("option", ["points", "resolution", "rows"])
def test_too_small_a_number_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match=f"{option} must be at least"):
        trajectory(config(BOWL), **{option: 0})
