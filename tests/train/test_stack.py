"""A composition of layers: linear where its layers are, and with shared weights what a recurrent network does."""

from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import Array
from coursekit.train.data import Sizes
from coursekit.train.models.mlp import Mlp
from coursekit.train.models.stack import Stack
from coursekit.train.streams import Stream

SIZES = Sizes(train=20, validation=1, features=4, outputs=3)


def drawn(model: Stack | Mlp, seed: int = 1) -> tuple[Array, ...]:
    """Draw parameters, biases too."""
    normal = Stream(seed, "parameters").normal
    return tuple(normal(shape) for shape in model.shapes(SIZES))


def rows() -> tuple[Array, Array]:
    """Twenty rows and their classes."""
    stream = Stream(3, "data")
    return stream.normal((20, 4)), np.eye(3)[stream.words(20) % np.uint64(3)]


@pytest.mark.parametrize("layers", [1, 2, 8, 16])
@pytest.mark.parametrize("weights", ["own", "shared"])
def test_linear_layers_of_any_depth_are_one_linear_map(layers: int, weights: Any) -> None:
    model, (x, _) = Stack(layers=layers, width=5, activation="identity", weights=weights), rows()
    params = drawn(model)

    def logits(points: Array) -> Array:
        return model.outputs(params, points, np)

    np.testing.assert_allclose(
        logits(x[:10] + x[10:]), logits(x[:10]) + logits(x[10:]) - logits(0 * x[:10]), rtol=1e-7, atol=1e-7
    )


def test_a_layer_that_bends_is_no_linear_map() -> None:
    model, (x, _) = Stack(layers=1), rows()
    params = drawn(model)

    at_sum = model.outputs(params, x[:10] + x[10:], np)

    apart = (
        model.outputs(params, x[:10], np) + model.outputs(params, x[10:], np) - model.outputs(params, 0 * x[:10], np)
    )
    assert abs(at_sum - apart).max() > 0.1


def test_no_layers_leave_the_head_alone() -> None:
    model, (x, _) = Stack(layers=0, width=7), rows()
    weights, bias = drawn(model)

    logits = model.outputs((weights, bias), x, np)

    np.testing.assert_array_equal(logits, x @ weights + bias)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_layers_with_weights_of_their_own_are_a_perceptron(activation: Any) -> None:
    stack, mlp, (x, y) = (
        Stack(layers=3, width=5, activation=activation),
        Mlp(hidden=(5, 5, 5), activation=activation),
        rows(),
    )
    params = drawn(stack)

    mine, theirs = (model.loss_and_gradient(params, x, y, np) for model in (stack, mlp))

    assert mine[0] == theirs[0]
    for grad, other in zip(mine[1], theirs[1], strict=True):
        np.testing.assert_allclose(grad, other, rtol=1e-12, atol=1e-15)


def test_shared_weights_are_own_weights_that_are_alike_and_their_gradients_add_up() -> None:
    shared, own, (x, y) = Stack(layers=4, width=5, weights="shared"), Stack(layers=4, width=5), rows()
    first, first_bias, again, again_bias, *head = drawn(shared)
    written_out = (first, first_bias, *[again, again_bias] * 3, *head)

    loss, grads = shared.loss_and_gradient((first, first_bias, again, again_bias, *head), x, y, np)

    want, wanted = own.loss_and_gradient(written_out, x, y, np)
    assert loss == want
    np.testing.assert_allclose(grads[2], wanted[2] + wanted[4] + wanted[6], rtol=1e-12)
    np.testing.assert_allclose(grads[3], wanted[3] + wanted[5] + wanted[7], rtol=1e-12)
    for i, j in ((0, 0), (1, 1), (4, 8), (5, 9)):
        np.testing.assert_allclose(grads[i], wanted[j], rtol=1e-12)


def test_sharing_weights_keeps_the_parameters_few() -> None:
    shared, own = (Stack(layers=16, width=5, weights=weights).shapes(SIZES) for weights in ("shared", "own"))

    assert shared == ((4, 5), (5,), (5, 5), (5,), (5, 3), (3,))
    assert len(own) == 2 * 17


@pytest.mark.parametrize(("activation", "variance"), [("relu", 2 / 4), ("tanh", 1 / 4), ("identity", 1 / 4)])
def test_initial_weights_suit_the_activation(activation: Any, variance: float) -> None:
    params = Stack(layers=1, width=900, activation=activation).init(SIZES, Stream(0, "parameters").normal)

    assert params[0].var() == pytest.approx(variance, rel=0.05)
    assert not params[1].any()
