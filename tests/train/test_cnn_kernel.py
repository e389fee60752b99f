"""The gradient in place is that of `loss_and_gradient`, batch by batch, whatever the sizes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import Array, size, split
from coursekit.train.config import TrainingConfig
from coursekit.train.data import Sizes, Split
from coursekit.train.models._cnn_kernel import CnnKernel
from coursekit.train.models.cnn import Cnn
from coursekit.train.problem import Problem, prepare
from coursekit.train.streams import Stream

VARIANTS = [
    Cnn(),
    Cnn(stride=2),
    Cnn(stride=2, padding="same"),  # which puts more zeros below and right
    Cnn(padding="same", pool=3),
    Cnn(kernel=2, stride=3, padding="same", pool=1),
    Cnn(filters=(4, 5), padding="same", hidden=(6,)),
    Cnn(filters=(4, 5), kernel=2, hidden=(6, 7)),
    Cnn(filters=(3, 4, 5), pool=1),
    Cnn(kernel=1, stride=3, pool=1),
]
ROWS = np.array([3, 1, 7, 2, 0, 13, 5, 5, 8, 11, 6, 9])


def digits(model: Cnn, dtype: str = "float64") -> Problem:
    """A run on digits, where many a window holds the same number several times."""
    mapping: dict[str, Any] = {"data": "digits", "optimizer": "sgd", "learning_rate": 0.1, "steps": 1, "dtype": dtype}
    return prepare(replace(TrainingConfig.from_json({"model": "softmax", **mapping}), model=model))


def colours(model: Cnn) -> Problem:
    """Images of two channels, whose numbers are whole and so often the same."""
    sizes = Sizes(train=14, validation=14, features=128, outputs=10, image=(8, 8, 2))
    x, y = np.round(Stream(3, "data").normal((14, 128))), np.eye(10)[np.arange(14) % 10]
    return replace(digits(model), split=Split(x, y, x, y), shapes=model.shapes(sizes))


def vectors(problem: Problem, scale: float = 0.3) -> tuple[Array, Array]:
    """Return flat parameters, biases not 0, and a flat gradient that is not written yet."""
    flat = scale * Stream(1, "parameters").normal((size(problem.shapes),))
    return flat.astype(problem.split.x_train.dtype), np.full_like(flat, np.nan, problem.split.x_train.dtype)


def reference(model: Cnn, problem: Problem, flat: Array, rows: Array) -> tuple[float, Array]:
    data = problem.split
    loss, grads = model.loss_and_gradient(split(flat, problem.shapes, np), data.x_train[rows], data.y_train[rows], np)
    return loss, np.concatenate([grad.ravel() for grad in grads])


@pytest.mark.parametrize("batch_size", [1, 4, 12])
@pytest.mark.parametrize("data", [digits, colours])
@pytest.mark.parametrize("model", VARIANTS, ids=repr)
def test_gradient_and_loss_are_those_of_the_readable_form(model: Cnn, data: Any, batch_size: int) -> None:
    problem = data(model)
    flat, grad = vectors(problem)
    kernel = CnnKernel(model, problem, flat, grad)
    expected: list[float] = []

    for batch, _ in zip(ROWS.reshape(-1, batch_size), kernel.gradients(ROWS, batch_size), strict=True):
        loss, by_hand = reference(model, problem, flat, batch)
        expected.append(loss)
        np.testing.assert_allclose(grad, by_hand, rtol=1e-12, atol=1e-12)
        flat -= 0.1 * grad  # the next batch meets other parameters

    np.testing.assert_allclose(kernel.losses(), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("model", [Cnn(filters=(3, 2), kernel=2, padding="same"), Cnn(pool=3)], ids=repr)
def test_the_gradient_goes_to_the_first_of_several_maxima(model: Cnn) -> None:
    problem = colours(model)
    flat, grad = vectors(problem, scale=1)
    np.round(flat, out=flat)  # so that patches which differ give the same sum

    next(CnnKernel(model, problem, flat, grad).gradients(ROWS, len(ROWS)))

    np.testing.assert_allclose(grad, reference(model, problem, flat, ROWS)[1], rtol=1e-12, atol=1e-12)


def test_another_size_of_batch_does_not_disturb_the_first() -> None:
    model = Cnn(filters=(3, 4), padding="same")
    problem = digits(model)
    flat, grad = vectors(problem)
    kernel = CnnKernel(model, problem, flat, grad)

    for rows in (ROWS[:8], ROWS[8:11], ROWS[4:12]):
        for _ in kernel.gradients(rows, len(rows)):
            loss, by_hand = reference(model, problem, flat, rows)
            np.testing.assert_allclose(grad, by_hand, rtol=1e-12, atol=1e-12)
            assert kernel.losses() == pytest.approx([loss])


def test_float32_agrees_to_rounding() -> None:
    model = Cnn()
    problem = digits(model, "float32")
    flat, grad = vectors(problem)

    next(CnnKernel(model, problem, flat, grad).gradients(ROWS, len(ROWS)))

    assert grad.dtype == np.float32
    np.testing.assert_allclose(grad, reference(model, problem, flat, ROWS)[1], atol=1e-6)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")  # as a run has it
def test_huge_logits_give_a_finite_gradient() -> None:
    model = Cnn()
    problem = digits(model)
    flat, grad = vectors(problem, scale=1000)
    kernel = CnnKernel(model, problem, flat, grad)

    next(kernel.gradients(ROWS, len(ROWS)))

    loss, by_hand = reference(model, problem, flat, ROWS)
    assert kernel.losses() == pytest.approx([loss])
    np.testing.assert_allclose(grad, by_hand, rtol=1e-12, atol=1e-12)
