"""Every optimizer finds the minimum of a parabola and of Rosenbrock's valley, at one of a few rates."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.arrays import Array
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.optimizers import Optimizer
from coursekit.train.streams import Stream

FAMILY = "coursekit.train.optimizers"
RATES = (0.0005, 0.002, 0.01, 0.1, 0.5, 1.0)
every_optimizer = pytest.mark.parametrize("name", plugins.names(FAMILY))

# The optimizer of Keras that each must agree with.
KERAS: dict[str, Callable[[Any, float], Any]] = {
    "sgd": lambda optimizers, lr: optimizers.SGD(lr),
    "momentum": lambda optimizers, lr: optimizers.SGD(lr, momentum=0.9),
    "adagrad": lambda optimizers, lr: optimizers.Adagrad(lr),
}


def parabola_slope(w: Array) -> Array:
    """The slope of (w1 - 1)^2 + 5 (w2 + 2)^2, least at (1, -2)."""
    return np.array([2.0, 10.0]) * (w - np.array([1.0, -2.0]))


def rosenbrock_slope(w: Array) -> Array:
    """The slope of (1 - a)^2 + 100 (b - a^2)^2, least at (1, 1)."""
    a, b = w
    return np.array([-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)])


def end(optimizer: Optimizer, slope: Callable[[Array], Array], lr: float, steps: int) -> Array:
    params = np.array([-1.0, 1.0])
    state = optimizer.init(params)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            params, state = optimizer.update(params, slope(params), state, lr)
    return params


@every_optimizer
def test_the_minimum_of_a_parabola_is_found(name: str) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)()

    ends = [end(optimizer, parabola_slope, lr, 1000) for lr in RATES]

    assert any(np.abs(w - [1, -2]).max() < 1e-4 for w in ends)


@every_optimizer
def test_the_end_of_rosenbrocks_valley_is_found(name: str) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)()

    ends = [end(optimizer, rosenbrock_slope, lr, 20_000) for lr in RATES]

    assert any(np.abs(w - [1, 1]).max() < 0.02 for w in ends)


@every_optimizer
def test_an_update_changes_nothing_that_it_was_given(name: str) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)()
    params, grad = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    state = optimizer.init(params)
    before = [params.copy(), grad.copy(), *(part.copy() for part in state)]

    optimizer.update(params, grad, state, 0.1)

    for old, new in zip(before, [params, grad, *state], strict=True):
        np.testing.assert_array_equal(old, new)


@every_optimizer
def test_float32_stays_float32(name: str) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)()
    params = np.ones(3, np.float32)

    updated, state = optimizer.update(params, params, optimizer.init(params), 0.1)

    assert {array.dtype for array in (updated, *state)} == {np.dtype(np.float32)}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.parametrize("name", KERAS)
def test_rules_agree_with_keras(name: str) -> None:
    from tensorflow import keras  # pyright: ignore[reportMissingModuleSource] - 5 s

    stream = Stream(5, "data")
    start, grads = stream.normal((20,)), stream.normal((100, 20))
    rates = [0.1 * 0.99**i for i in range(100)]

    ours: Optimizer = plugins.load(FAMILY, name)()
    params, state = start, ours.init(start)
    variable = keras.Variable(start, dtype="float64")
    theirs = KERAS[name](keras.optimizers, 0.1)
    theirs.build([variable])

    for grad, lr in zip(grads, rates, strict=True):
        params, state = ours.update(params, grad, state, lr)
        theirs.learning_rate = lr
        theirs.apply([keras.ops.convert_to_tensor(grad, dtype="float64")])
        np.testing.assert_allclose(params, np.asarray(variable), rtol=1e-6, atol=1e-6)
