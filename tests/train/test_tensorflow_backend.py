"""Both backends in step: the same configuration gives the same losses, to rounding."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

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
RUNS: list[dict[str, Any]] = [
    {"model": BOWL, "learning_rate": 0.03},
    {"model": "linear", "data": "linear", "learning_rate": 0.05, "batch_size": 32},
    {"model": "logistic", "data": "sparse-logistic", "learning_rate": 0.1, "batch_size": 32},
    {"model": "softmax", "data": "digits", "learning_rate": 0.2, "batch_size": 100},
    {"model": "softmax", "data": "digits", "learning_rate": 0.2},
    {"model": "mlp", "data": "digits", "learning_rate": 0.1, "batch_size": 32},
    {"model": {"name": "mlp", "hidden": [16, 8]}, "data": "digits", "learning_rate": 0.1, "batch_size": 32},
]


def config(run: dict[str, Any], optimizer: str, dtype: str) -> TrainingConfig:
    return TrainingConfig.from_json({"optimizer": optimizer, "steps": 100, "dtype": dtype, **run})


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-9), ("float32", 1e-5)])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad"])
@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run['model']}-{run.get('batch_size')}")
def test_backends_agree_step_by_step(run: dict[str, Any], optimizer: str, dtype: str, tolerance: float) -> None:
    both: list[Backend] = ["numpy", "tensorflow"]

    ours, theirs = (list(fit(replace(config(run, optimizer, dtype), backend=backend))) for backend in both)

    np.testing.assert_allclose(
        [step.loss for step in theirs], [step.loss for step in ours], rtol=tolerance, atol=tolerance * 1e-3
    )
    assert [step.examples for step in theirs] == [step.examples for step in ours]
    measured = [(a.validation_loss, b.validation_loss) for a, b in zip(ours, theirs, strict=True)]
    for a, b in measured:
        assert b == (None if a is None else pytest.approx(a, rel=tolerance, abs=tolerance * 1e-3))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_tensorflow_diverges_as_numpy_does(dtype: str) -> None:
    wild = replace(config(RUNS[0], "sgd", dtype), learning_rate=1e100)

    ours, theirs = list(fit(wild)), list(fit(replace(wild, backend="tensorflow")))

    assert outcome(ours) == outcome(theirs) == "diverged"
    assert len(ours) == len(theirs)
