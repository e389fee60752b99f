"""What is said of a place on a run's way, held against the run itself, finite differences and TensorFlow."""

import json
from itertools import islice, pairwise
from math import hypot, isnan
from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import split
from coursekit.train.backends import start, tensorflow_is_available
from coursekit.train.batches import batches
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit, follow
from coursekit.train.landscape import Landscape, trajectory
from coursekit.train.places import cosine, length
from coursekit.train.problem import prepare

RUNS: dict[str, dict[str, Any]] = {
    "quadratic": {"model": {"name": "quadratic", "eigenvalues": [1, 3, 10], "start": [1, -1, 2]}},
    "double-well": {"model": "double-well", "data": {"name": "slopes", "scale": 2}, "batch_size": 4},
    "saddle": {"model": {"name": "saddle", "start": [1, 0.1]}, "data": "slopes", "batch_size": 10},
    "linear": {"model": "linear", "data": {"name": "linear", "features": 3}, "batch_size": 16},
    "logistic": {"model": "logistic", "data": "sparse-logistic", "batch_size": 32},
    "softmax": {"model": "softmax", "data": "penguins", "batch_size": 50},
    "mlp": {"model": {"name": "mlp", "hidden": [5, 4], "activation": "tanh"}, "data": "penguins", "batch_size": 30},
    "cnn": {"model": {"name": "cnn", "filters": [2]}, "data": "digits", "batch_size": 32},
}
every_run = pytest.mark.parametrize("run", list(RUNS.values()), ids=list(RUNS))
smooth = [name for name in RUNS if name not in ("quadratic", "cnn")]  # no batches; relu of a blank patch has a kink
every_smooth_run = pytest.mark.parametrize("run", [RUNS[name] for name in smooth], ids=smooth)


def config(run: dict[str, Any], **changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({"optimizer": "sgd", "learning_rate": 0.05, "steps": 20, **run, **changes})


def seen(run: TrainingConfig, points: int = 1_000) -> Landscape:
    return trajectory(run, points=points, resolution=2, rows=10)


def params_of(run: TrainingConfig) -> list[Any]:
    """Return the parameters before the first step and after each, of a run that takes one at a time."""
    problem = prepare(run)
    going = start(problem, "numpy")
    return [problem.params, *(going.params for _ in follow(run, problem, going, at_once=1))]


def numeric_gradient(run: TrainingConfig, flat: Any, rows: Any) -> Any:
    """Differentiate the loss on some rows of the training set by central differences."""
    problem = prepare(run)
    x, y, h = problem.split.x_train[rows], problem.split.y_train[rows], 1e-6

    def loss(point: Any) -> float:
        return float(problem.model.loss(split(point, problem.shapes, np), x, y, np))

    return np.array([(loss(flat + h * axis) - loss(flat - h * axis)) / (2 * h) for axis in np.eye(len(flat))])


@every_run
def test_a_step_of_plain_descent_goes_against_the_gradient_of_its_batch(run: dict[str, Any]) -> None:
    given = config(run, schedule="cosine")
    params = params_of(given)

    landscape = seen(given)

    assert landscape.steps.tolist() == list(range(21))
    for place, following in pairwise(landscape.places):
        assert place.batch is not None
        assert place.rate is not None
        arrived = np.array(place.at) - place.rate * np.array(place.batch.arrow)
        np.testing.assert_allclose(arrived, following.at, rtol=1e-9, atol=1e-12)
        moved = params[following.step] - params[place.step]
        assert place.rate * place.batch.length == pytest.approx(np.linalg.norm(moved), rel=1e-6, abs=1e-12)


@every_run
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_lengths_and_rates_are_those_that_the_run_tells(run: dict[str, Any], optimizer: str) -> None:
    given = config(run, optimizer=optimizer, schedule="cosine", clip_norm=0.3, shuffle="once", steps=40)
    steps = {step.step: step for step in fit(given)}

    landscape = seen(given, points=10)

    for place in landscape.places[:-1]:
        step = steps[place.step + 1]
        assert place.batch is not None
        assert place.batch.length == pytest.approx(step.gradient_norm, rel=1e-9)
        assert place.rate == step.learning_rate


@every_smooth_run
def test_gradients_are_those_of_the_loss_by_finite_differences(run: dict[str, Any]) -> None:
    given = config(run, steps=9)
    problem, params = prepare(given), params_of(given)
    examples = len(problem.split.x_train)
    rows = list(islice(batches(given.seed, examples, given.batch_size or examples), 9))

    landscape = seen(given, points=3)

    for place in landscape.places[:-1]:
        assert place.batch is not None
        full = numeric_gradient(given, params[place.step], slice(None))
        batch = numeric_gradient(given, params[place.step], rows[place.step])
        angle = full @ batch / np.linalg.norm(full) / np.linalg.norm(batch)
        found = (*place.full.arrow, place.full.length, *place.batch.arrow, place.batch.length, place.cosine)
        wanted = (
            *(landscape.directions @ full),
            np.linalg.norm(full),
            *(landscape.directions @ batch),
            np.linalg.norm(batch),
            angle,
        )
        np.testing.assert_allclose(np.array(found, float), wanted, rtol=1e-5, atol=1e-6)


@every_run
def test_the_loss_is_that_of_the_whole_training_set(run: dict[str, Any]) -> None:
    given = config(run)
    problem, params = prepare(given), params_of(given)

    landscape = seen(given, points=4)

    for place in landscape.places:
        arrays = split(params[place.step], problem.shapes, np)
        loss = float(problem.model.loss(arrays, problem.split.x_train, problem.split.y_train, np))
        assert place.loss == pytest.approx(loss, rel=1e-12)


def test_a_bowl_is_exact() -> None:
    landscape = seen(config({"model": {"name": "quadratic", "eigenvalues": [1, 10], "start": [1, -2]}}))

    for k, place in enumerate(landscape.places[:-1]):
        w1, w2 = 0.95**k, -2 * 0.5**k
        assert place.at == pytest.approx((w1, w2), rel=1e-12)
        assert place.loss == pytest.approx(0.5 * w1**2 + 5 * w2**2, rel=1e-12)
        assert place.full.arrow == pytest.approx((w1, 10 * w2), rel=1e-12)
        assert place.full.length == pytest.approx(hypot(w1, 10 * w2), rel=1e-12)
        assert place.batch == place.full
        assert place.cosine == pytest.approx(1, abs=1e-12)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
def test_gradients_of_a_network_are_tensorflows() -> None:
    import tensorflow as tf

    given = config({"model": {"name": "mlp", "hidden": [16]}, "data": "digits", "batch_size": 32}, steps=12)
    problem, params = prepare(given), params_of(given)
    x, y = problem.split.x_train, problem.split.y_train
    rows = list(islice(batches(given.seed, len(x), 32), 12))

    def gradient(flat: Any, some: Any) -> Any:
        w1, b1, w2, b2 = arrays = [tf.Variable(array) for array in split(flat, problem.shapes, np)]
        with tf.GradientTape() as tape:
            logits = tf.nn.relu(x[some] @ w1 + b1) @ w2 + b2
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y[some], logits))
        return np.concatenate([tf.convert_to_tensor(part).numpy().ravel() for part in tape.gradient(loss, arrays)])

    landscape = seen(given, points=4)

    assert landscape.steps.tolist() == [0, 3, 6, 9, 12]
    for place in landscape.places[:-1]:
        assert place.batch is not None
        full, batch = gradient(params[place.step], slice(None)), gradient(params[place.step], rows[place.step])
        np.testing.assert_allclose(place.full.arrow, landscape.directions @ full, rtol=1e-9)
        np.testing.assert_allclose(place.batch.arrow, landscape.directions @ batch, rtol=1e-9)
        assert (place.full.length, place.batch.length) == pytest.approx((np.linalg.norm(full), np.linalg.norm(batch)))
        assert place.cosine == pytest.approx(float(-tf.keras.losses.cosine_similarity(full, batch)), rel=1e-6)


def test_many_rows_are_taken_in_parts() -> None:
    digits = {"model": {"name": "mlp", "hidden": [64]}, "data": "digits"}  # 4,810 parameters, 1,437 rows

    landscape = seen(config(digits, steps=3))

    for place in landscape.places[:-1]:  # the batch is the whole set in another order
        assert place.batch is not None
        assert place.batch.length == pytest.approx(place.full.length, rel=1e-12)
        assert place.cosine == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("shuffle", ["each epoch", "once", "never", "with replacement"])
def test_the_batch_is_the_runs_whatever_the_order(shuffle: str) -> None:
    given = config(RUNS["softmax"], shuffle=shuffle, drop_last=True, seed=5, eval_every=7)
    steps = list(fit(given))

    landscape = seen(given)

    lengths = [place.batch.length for place in landscape.places if place.batch]
    assert lengths == pytest.approx([step.gradient_norm for step in steps], rel=1e-9)


def test_the_end_has_no_next_step() -> None:
    early = config(RUNS["quadratic"], stop_below=1.0, steps=1000)

    *before, end = seen(early, points=100).places

    assert (end.rate, end.batch, end.cosine) == (None, None, None)
    assert end.full.length > 0
    assert all(place.batch for place in before)


def test_a_gradient_of_nothing_has_no_direction() -> None:
    still = config({"model": {"name": "quadratic", "eigenvalues": [1, 2], "start": [0, 0]}}, steps=2)

    start_of_it = seen(still).places[0]

    assert start_of_it.full.length == 0
    assert start_of_it.cosine is not None
    assert isnan(start_of_it.cosine)
    assert start_of_it.to_json()["cosine"] is None


@every_run
@pytest.mark.parametrize("rate", [1e3, 1e30, 1e200, 1e308])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_diverged_run_has_no_infinite_number_in_its_json(run: dict[str, Any], rate: float, dtype: str) -> None:
    landscape = seen(config(run, learning_rate=rate, dtype=dtype))

    told = json.loads(json.dumps(landscape.to_json(), allow_nan=False))

    assert [place["step"] for place in told["places"]] == landscape.steps.tolist()
    assert told["places"][0]["full"]["length"] > 0


def test_lengths_and_angles_hold_where_squares_overflow() -> None:
    far, near = np.array([3e200, 4e200]), np.array([3e-200, 4e-200])

    assert length(far) == pytest.approx(5e200, rel=1e-12)
    assert length(near) == pytest.approx(5e-200, rel=1e-12)
    assert cosine(far, -near) == pytest.approx(-1, abs=1e-12)
    assert isnan(cosine(far, np.array([np.inf, 1])))
