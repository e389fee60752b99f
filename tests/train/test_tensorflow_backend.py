"""Both backends in step: the same configuration gives the same losses, to rounding."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.steps import outcome

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of TensorFlow's own making
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]

BOWL = {"name": "quadratic", "eigenvalues": [1.0, 10.0, 50.0], "start": [1.0, -1.0, 2.0]}
# A run of every model, at a learning rate that suits plain descent.
RUNS: dict[str, dict[str, Any]] = {
    "quadratic": {"model": BOWL, "learning_rate": 0.03},
    "saddle": {"model": "saddle", "data": "slopes", "learning_rate": 0.05, "batch_size": 8},
    "double-well": {"model": "double-well", "data": "slopes", "learning_rate": 0.05, "batch_size": 8},
    "linear": {"model": "linear", "data": "linear", "learning_rate": 0.05, "batch_size": 32},
    "logistic": {"model": "logistic", "data": "sparse-logistic", "learning_rate": 0.1, "batch_size": 32},
    "softmax": {"model": "softmax", "data": "digits", "learning_rate": 0.2, "batch_size": 100},
    "mlp": {"model": {"name": "mlp", "hidden": [16, 8]}, "data": "digits", "learning_rate": 0.1, "batch_size": 32},
    "cnn": {"model": {"name": "cnn", "filters": [4]}, "data": "digits", "learning_rate": 0.1, "batch_size": 32},
    "stack": {"model": {"name": "stack", "layers": 3}, "data": "spirals", "learning_rate": 0.1, "batch_size": 32},
}
OTHERS: list[dict[str, Any]] = [
    {"model": "softmax", "data": "digits", "learning_rate": 0.2},  # the whole training set
    {"model": {"name": "mlp", "hidden": [8], "activation": "tanh"}, "data": "penguins", "learning_rate": 0.1},
    {"model": {"name": "mlp", "activation": "sigmoid", "init_by": "glorot"}, "data": "blobs", "learning_rate": 0.1},
    {"model": "mlp", "data": "spirals", "learning_rate": 0.1, "batch_size": 32, "weight_decay": 0.1, "clip_norm": 0.5},
    {"model": "mlp", "data": "digits", "learning_rate": 0.5, "batch_size": 64, "schedule": "cosine", "drop_last": True},
    {"model": {"name": "stack", "layers": 4, "weights": "shared"}, "data": "spirals", "learning_rate": 0.1},
    {"model": {"name": "stack", "layers": 4, "activation": "relu"}, "data": "blobs", "learning_rate": 0.1},
    {
        "model": {"name": "stack", "activation": "identity", "weights": "shared"},
        "data": "penguins",
        "learning_rate": 0.1,
    },
    {"model": {"name": "stack", "layers": 0}, "data": {"name": "blobs", "order": "sorted"}, "learning_rate": 0.1},
]
ADAPTIVE = {"adam": 0.02, "adamw": 0.02, "lion": 0.01, "rmsprop": 0.01}  # share of that rate: their steps are longer
every_model = pytest.mark.parametrize("model", plugins.names("coursekit.train.models"))


def config(run: dict[str, Any], optimizer: str, dtype: str, steps: int = 200) -> TrainingConfig:
    lr = run["learning_rate"] * ADAPTIVE.get(optimizer, 1)
    return TrainingConfig.from_json(
        {**run, "optimizer": optimizer, "steps": steps, "dtype": dtype, "learning_rate": lr, "eval_every": 50}
    )


def assert_in_step(given: TrainingConfig, tolerance: float) -> None:
    """Both backends tell the same losses, where these are not rounding about 0."""
    both: list[Backend] = ["numpy", "tensorflow"]
    ours, theirs = (list(fit(replace(given, backend=backend))) for backend in both)

    floor = tolerance / 10 * max(abs(step.loss) for step in ours)
    for name in ("loss", "gradient_norm"):
        mine, other = ([getattr(step, name) for step in steps] for steps in (ours, theirs))
        np.testing.assert_allclose(other, mine, rtol=tolerance, atol=floor)
    assert [step.examples for step in theirs] == [step.examples for step in ours]
    for a, b in zip(ours, theirs, strict=True):
        assert b.validation_loss == (
            None if a.validation_loss is None else pytest.approx(a.validation_loss, rel=tolerance, abs=floor)
        )
        assert b.accuracy == (None if a.accuracy is None else pytest.approx(a.accuracy, abs=0.01))


@every_model
@pytest.mark.parametrize("optimizer", plugins.names("coursekit.train.optimizers"))
def test_backends_are_in_step_with_every_model_and_optimizer(model: str, optimizer: str) -> None:
    assert_in_step(config(RUNS[model], optimizer, "float64"), 1e-9)


@pytest.mark.parametrize("run", OTHERS, ids=lambda run: f"{run['model']}-{run['data']}")
def test_backends_are_in_step_with_every_option(run: dict[str, Any]) -> None:
    assert_in_step(config(run, "momentum", "float64"), 1e-9)


@every_model
def test_backends_are_in_step_in_single_precision(model: str) -> None:
    assert_in_step(config(RUNS[model], "sgd", "float32"), 1e-5)


def test_adam_in_single_precision_stays_near_for_1000_steps() -> None:
    assert_in_step(config(RUNS["mlp"], "adam", "float32", steps=1000), 1e-2)


def test_xla_gives_the_same() -> None:
    given = replace(config(RUNS["softmax"], "momentum", "float64"), backend="tensorflow")

    plain, compiled = (list(fit(replace(given, xla=xla))) for xla in (False, True))

    np.testing.assert_allclose([s.loss for s in compiled], [s.loss for s in plain], rtol=1e-9)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_tensorflow_diverges_as_numpy_does(dtype: str) -> None:
    wild = replace(config(RUNS["quadratic"], "sgd", dtype), learning_rate=1e100)

    ours, theirs = list(fit(wild)), list(fit(replace(wild, backend="tensorflow")))

    assert outcome(ours) == outcome(theirs) == "diverged"
    assert len(ours) == len(theirs)
