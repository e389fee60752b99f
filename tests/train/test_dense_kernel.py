"""The gradient in place is the one that a learner reads, for every model that is a stack of dense layers."""

from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import split
from coursekit.train.config import TrainingConfig
from coursekit.train.problem import Problem, prepare
from coursekit.train.streams import Stream

STACKS: list[dict[str, Any]] = [
    {"model": "linear", "data": {"name": "linear", "n": 60, "features": 4}},
    {"model": "logistic", "data": {"name": "sparse-logistic", "n": 60, "sparse": 7}},
    {"model": "softmax", "data": "digits"},
    {"model": {"name": "mlp", "hidden": [9]}, "data": "digits"},
    {"model": {"name": "mlp", "hidden": [9, 5, 6], "activation": "relu"}, "data": "digits"},
    {"model": {"name": "mlp", "hidden": [9, 5], "activation": "tanh", "init_by": "glorot"}, "data": "digits"},
    {"model": {"name": "mlp", "hidden": [9, 5], "activation": "sigmoid"}, "data": "digits"},
]
every_stack = pytest.mark.parametrize("stack", STACKS, ids=lambda stack: str(stack["model"]))
every_type = pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 3e-5)])


def problem(stack: dict[str, Any], dtype: str) -> Problem:
    return prepare(
        TrainingConfig.from_json({"optimizer": "sgd", "learning_rate": 1, "steps": 1, "dtype": dtype, **stack})
    )


@every_type
@every_stack
@pytest.mark.parametrize("scale", [0.3, 30.0])  # the larger one makes logits whose e^z would overflow in float32
@np.errstate(over="ignore", invalid="ignore", divide="ignore")  # as a run has it
def test_kernel_and_model_agree(stack: dict[str, Any], dtype: str, tolerance: float, scale: float) -> None:
    given = problem(stack, dtype)
    flat = (scale * Stream(2, "parameters").normal(given.params.shape)).astype(dtype)
    grad = np.zeros_like(flat)
    kernel = given.model.kernel_for(given, flat, grad)
    rows = Stream(5, "batches").permutation(len(given.split.x_train))[:24]

    for size in (8, 1, 8):  # back to a size whose arrays were used before
        seen = [grad.copy() for _ in kernel.gradients(rows, size)]
        losses = kernel.losses()

        for batch, found, loss in zip(rows.reshape(-1, size), seen, losses, strict=True):
            params = split(flat, given.shapes, np)
            want, wanted = given.model.loss_and_gradient(
                params, given.split.x_train[batch], given.split.y_train[batch], np
            )
            flat_want = np.concatenate([array.ravel() for array in wanted])
            assert loss == pytest.approx(want, rel=tolerance, abs=tolerance)
            np.testing.assert_allclose(found, flat_want, rtol=tolerance, atol=tolerance * (1 + abs(flat_want).max()))


@every_stack
def test_the_kernel_reads_the_parameters_as_they_are_when_a_batch_has_its_turn(stack: dict[str, Any]) -> None:
    given = problem(stack, "float64")
    flat, grad = given.params.copy(), np.zeros_like(given.params)
    kernel = given.model.kernel_for(given, flat, grad)
    rows = np.tile(np.arange(6), 2)

    seen: list[float] = []
    for _ in kernel.gradients(rows, 6):
        seen.append(float(abs(grad).sum()))
        flat += Stream(1, "data").normal(flat.shape)

    assert seen[0] != seen[1]
