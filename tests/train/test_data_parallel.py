from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import ConfigError
from coursekit.train.arrays import Array
from coursekit.train.config import TrainingConfig
from coursekit.train.data import Sizes
from coursekit.train.data_parallel import Shard, averaged_gradient, fit_data_parallel, shards
from coursekit.train.fit import fit
from coursekit.train.models import Model
from coursekit.train.models.linear import Linear
from coursekit.train.models.logistic import Logistic
from coursekit.train.models.mlp import Mlp
from coursekit.train.models.softmax import Softmax
from coursekit.train.steps import Step
from coursekit.train.streams import Stream

MODELS: list[Model] = [Linear(), Logistic(), Softmax(), Mlp(hidden=(8,)), Mlp(hidden=(5, 3))]
DIGITS: dict[str, Any] = {"model": "softmax", "data": "digits", "optimizer": "sgd", "batch_size": 64}
RUNS: list[dict[str, Any]] = [
    DIGITS,
    {"model": {"name": "mlp", "hidden": [16]}, "optimizer": "momentum"},
    {"model": {"name": "mlp", "hidden": [16]}, "optimizer": "adagrad", "clip_norm": 0.5, "weight_decay": 0.01},
    {"model": "logistic", "data": "sparse-logistic", "shuffle": "with replacement", "drop_last": True},
    {"model": "linear", "data": "linear", "schedule": "cosine"},
    {"model": "cnn", "optimizer": "adam"},
]


def config(**changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({**DIGITS, "learning_rate": 0.05, "steps": 100, **changes})


def problem(model: Model, rows: int, seed: int, dtype: str) -> tuple[tuple[Array, ...], Array, Array]:
    """Return random parameters, and data of the kind that the model takes."""
    stream = Stream(seed, "data")
    sizes = Sizes(rows, 1, 6, 3 if model.target == "classes" else 1)
    x, words = stream.normal((rows, 6)), stream.words(rows)
    y = np.eye(3)[words % np.uint64(3)] if model.target == "classes" else (words[:, None] % np.uint64(2)) * 1.0
    params = tuple(stream.normal(shape).astype(dtype) for shape in model.shapes(sizes))
    return params, x.astype(dtype), y.astype(dtype)


def cut(x: Array, y: Array, workers: int | tuple[int, ...]) -> list[Shard]:
    return [(x[part], y[part]) for part in shards(np.arange(len(x)), workers)]


def distance(mean: tuple[Array, tuple[Array, ...]], whole: tuple[Array, tuple[Array, ...]]) -> float:
    """Return the distance of two gradients, relative to the second, as euclidean lengths."""
    ours, theirs = (np.concatenate([part.ravel() for part in grads]) for _, grads in (mean, whole))
    return float(np.linalg.norm(ours - theirs) / np.linalg.norm(theirs))


def validation(steps: list[Step]) -> list[float]:
    return [np.nan if step.validation_loss is None else step.validation_loss for step in steps]


# A sum of n roundings of u = 1.1e-16 may be off by n u of its terms' sizes; 64 of them, some 10 deep: 1e-14.
@pytest.mark.parametrize(("dtype", "bound"), [("float64", 1e-14), ("float32", 1e-5)])
@pytest.mark.parametrize("workers", [2, 4, 8])
@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_mean_of_equal_shards_is_the_gradient(model: Model, workers: int, dtype: str, bound: float) -> None:
    params, x, y = problem(model, 64, 1, dtype)

    mean = averaged_gradient(model, params, cut(x, y, workers))
    whole = model.loss_and_gradient(params, x, y, np)

    assert distance(mean, whole) < bound
    assert mean[0] == pytest.approx(whole[0], rel=bound)
    assert {grad.dtype for grad in mean[1]} == {np.dtype(dtype)}


@settings(max_examples=60, deadline=None)
@given(
    model=st.sampled_from(MODELS),
    sizes=st.lists(st.integers(1, 20), min_size=1, max_size=8).map(tuple),
    seed=st.integers(0, 1000),
)
def test_weighted_mean_of_any_shards_is_the_gradient(model: Model, sizes: tuple[int, ...], seed: int) -> None:
    params, x, y = problem(model, sum(sizes), seed, "float64")

    mean = averaged_gradient(model, params, cut(x, y, sizes))
    whole = model.loss_and_gradient(params, x, y, np)

    for ours, theirs in zip(mean[1], whole[1], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-13)
    assert mean[0] == pytest.approx(whole[0], rel=1e-13)


@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_uneven_shards_need_weights(model: Model) -> None:
    params, x, y = problem(model, 32, 2, "float64")
    parts = cut(x, y, (20, 8, 4))
    whole = model.loss_and_gradient(params, x, y, np)

    weighted = averaged_gradient(model, params, parts)
    unweighted = averaged_gradient(model, params, parts, weighted=False)

    assert distance(weighted, whole) < 1e-14
    assert distance(unweighted, whole) > 1e-2


@given(rows=st.integers(1, 300), workers=st.integers(1, 40))
def test_shards_are_nearly_even_and_in_order(rows: int, workers: int) -> None:
    if workers > rows:
        with pytest.raises(ConfigError, match="workers: "):
            shards(range(rows), workers)
        return

    parts = shards(range(rows), workers)

    sizes = [len(part) for part in parts]
    assert len(parts) == workers
    assert max(sizes) - min(sizes) <= 1
    assert [row for part in parts for row in part] == list(range(rows))


@given(sizes=st.lists(st.integers(1, 50), min_size=1, max_size=10).map(tuple))
def test_sizes_that_add_up_are_taken_as_they_are(sizes: tuple[int, ...]) -> None:
    parts = shards(range(sum(sizes)), sizes)

    assert tuple(len(part) for part in parts) == sizes
    assert all(one.stop == following.start for one, following in pairwise(parts))


@pytest.mark.parametrize("workers", [1, 2, 7, (40, 20, 4)])
@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run['model']}-{run.get('optimizer')}")
def test_workers_take_the_steps_of_one(run: dict[str, Any], workers: int | tuple[int, ...]) -> None:
    alone = list(fit(config(**run)))

    together = list(fit_data_parallel(config(**run), workers))

    assert len(together) == 100
    for ours, theirs in zip(together, alone, strict=True):
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-9)
        assert ours.gradient_norm == pytest.approx(theirs.gradient_norm, rel=1e-7)
        assert ours[3:5] == theirs[3:5]
        assert ours.accuracy == theirs.accuracy
    np.testing.assert_allclose(validation(together), validation(alone), rtol=1e-9)


def test_without_weights_uneven_workers_take_other_steps() -> None:
    alone = list(fit(config()))

    together = list(fit_data_parallel(config(), (60, 4), weighted=False))

    assert together[-1].loss != pytest.approx(alone[-1].loss, rel=1e-3)


def test_a_run_ends_where_fit_ends() -> None:
    for early in (config(stop_below=1.0, steps=1000), config(learning_rate=1e308)):
        alone, together = list(fit(early)), list(fit_data_parallel(early, 2))

        assert len(together) == len(alone) < early.steps


def test_a_bowl_has_one_worker() -> None:
    bowl = TrainingConfig.from_json({"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 5})

    alone, together = list(fit(bowl)), list(fit_data_parallel(bowl, 1))

    assert validation(together) == pytest.approx(validation(alone))
    with pytest.raises(ConfigError, match="workers: a batch of 1 row leaves one of 2 workers without a row"):
        fit_data_parallel(bowl, 2)


def test_more_workers_than_rows_are_refused_before_the_first_step() -> None:
    with pytest.raises(ConfigError, match="workers: a batch of 64 rows"):
        fit_data_parallel(config(), 65)
    with pytest.raises(ConfigError, match="workers: a batch of 29 rows"):  # 1437 = 22 * 64 + 29
        fit_data_parallel(config(), 30)
    assert fit_data_parallel(config(drop_last=True), 30)


@pytest.mark.parametrize("workers", [0, -1, (), (3, 0), (3, -1)])
def test_workers_that_are_none_are_refused(workers: int | tuple[int, ...]) -> None:
    with pytest.raises(ConfigError, match="workers must be a number of at least 1"):
        fit_data_parallel(config(), workers)


def test_float32_stays_near_one_worker() -> None:
    single = replace(config(), dtype="float32")

    for ours, theirs in zip(fit_data_parallel(single, 4), fit(single), strict=True):
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-5)
