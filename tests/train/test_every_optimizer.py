"""Every optimizer finds the minimum of a parabola and of Rosenbrock's valley, at one of a few rates."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import plugins
from coursekit.train.arrays import Array
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.optimizers import Optimizer
from coursekit.train.optimizers.lion import Lion
from coursekit.train.options import write
from coursekit.train.schedules import Schedule
from coursekit.train.schedules.constant import Constant
from coursekit.train.schedules.polynomial import Polynomial
from coursekit.train.streams import Stream

FAMILY = "coursekit.train.optimizers"
RATES = (0.0005, 0.002, 0.01, 0.1, 0.5, 1.0)
every_optimizer = pytest.mark.parametrize("name", plugins.names(FAMILY))

# Name and options, and the optimizer of Keras that each must agree with, with what options it needs besides.
# Keras rounds some options to float32, whatever the parameters are; these numbers have no digits to lose.
KERAS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("sgd", {}, "SGD", {}),
    ("momentum", {"momentum": 0.875}, "SGD", {}),
    ("nesterov", {"momentum": 0.875}, "SGD", {"nesterov": True}),
    ("adagrad", {}, "Adagrad", {}),
    ("rmsprop", {}, "RMSprop", {}),
    ("rmsprop", {"centered": True}, "RMSprop", {}),
    ("rmsprop", {"momentum": 0.75}, "RMSprop", {}),
    ("rmsprop", {"momentum": 0.75, "centered": True, "rho": 0.625, "epsilon": 0.25}, "RMSprop", {}),
    ("adam", {"beta_1": 0.875, "beta_2": 1 - 2**-10}, "Adam", {}),
    ("adam", {"beta_1": 0.5, "beta_2": 0.75, "epsilon": 0.25}, "Adam", {}),
    ("adamw", {"weight_decay": 2**-8, "beta_1": 0.875, "beta_2": 1 - 2**-10}, "AdamW", {}),
    ("adamw", {"weight_decay": 0.25, "beta_1": 0.5, "beta_2": 0.75, "epsilon": 0.25}, "AdamW", {}),
    ("lion", {}, "Lion", {}),
    ("lion", {"beta_1": 0.5, "beta_2": 0.75}, "Lion", {}),
]
every_variant = pytest.mark.parametrize(("name", "options"), [row[:2] for row in KERAS])

# Lion's steps are as long as the rate, at the minimum too: it comes to rest only as the rate falls to 0.
NEEDS_A_FALLING_RATE = {"lion"}
# AdamW's weights decay, so it rests a little nearer to 0 than the minimum.
TOLERANCE = {"adamw": 2e-3}


def parabola_slope(w: Array) -> Array:
    """The slope of (w1 - 1)^2 + 5 (w2 + 2)^2, least at (1, -2)."""
    return np.array([2.0, 10.0]) * (w - np.array([1.0, -2.0]))


def rosenbrock_slope(w: Array) -> Array:
    """The slope of (1 - a)^2 + 100 (b - a^2)^2, least at (1, 1)."""
    a, b = w
    return np.array([-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)])


def end(optimizer: Optimizer, slope: Callable[[Array], Array], learning_rates: Iterable[float]) -> Array:
    params = np.array([-1.0, 1.0])
    state = optimizer.init(params)
    with np.errstate(all="ignore"):
        for lr in learning_rates:
            params, state = optimizer.update(params, slope(params), state, lr)
    return params


def ends(name: str, slope: Callable[[Array], Array], steps: int) -> list[Array]:
    optimizer: Optimizer = plugins.load(FAMILY, name)()
    schedule = Polynomial(power=2.0) if name in NEEDS_A_FALLING_RATE else Constant()
    return [end(optimizer, slope, rates(lr, schedule, steps)) for lr in RATES]


def rates(lr: float, schedule: Schedule, steps: int) -> list[float]:
    return [lr * schedule.factor(step, steps) for step in range(steps)]


@every_optimizer
def test_the_minimum_of_a_parabola_is_found(name: str) -> None:
    reached = ends(name, parabola_slope, 1000)

    assert any(np.abs(w - [1, -2]).max() < TOLERANCE.get(name, 1e-4) for w in reached)


@every_optimizer
def test_the_end_of_rosenbrocks_valley_is_found(name: str) -> None:
    reached = ends(name, rosenbrock_slope, 20_000)

    assert any(np.abs(w - [1, 1]).max() < 0.02 for w in reached)


@every_variant
def test_an_update_changes_nothing_that_it_was_given(name: str, options: dict[str, Any]) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)(**options)
    params, grad = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    state = optimizer.init(params)
    before = [params.copy(), grad.copy(), *(part.copy() for part in state)]

    optimizer.update(params, grad, state, 0.1)

    for old, new in zip(before, [params, grad, *state], strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@every_variant
def test_types_and_shapes_stay_as_they_are(name: str, options: dict[str, Any], dtype: Any) -> None:
    optimizer: Optimizer = plugins.load(FAMILY, name)(**options)
    params = np.ones(3, dtype)
    state = optimizer.init(params)

    updated, new = optimizer.update(params, params, state, 0.1)

    assert {array.dtype for array in (updated, *state, *new)} == {np.dtype(dtype)}
    assert [array.shape for array in (updated, *new)] == [array.shape for array in (params, *state)]


def test_no_optimizer_has_moved_where_there_is_no_gradient() -> None:
    params = np.array([1.0, -2.0])
    still = [name for name in plugins.names(FAMILY) if name != "adamw"]

    for name in still:
        optimizer: Optimizer = plugins.load(FAMILY, name)()
        updated, _ = optimizer.update(params, params * 0, optimizer.init(params), 0.1)

        np.testing.assert_array_equal(updated, params, err_msg=name)


def test_lion_comes_to_rest_only_as_its_rate_falls() -> None:
    # 0.07 does not divide the way to the minimum, which a constant rate might otherwise hit by luck.
    tossed = end(Lion(), parabola_slope, rates(0.07, Constant(), 1000))
    rested = end(Lion(), parabola_slope, rates(0.07, Polynomial(power=2.0), 1000))

    assert np.abs(tossed - [1, -2]).max() > 0.01
    assert np.abs(rested - [1, -2]).max() < 1e-4


@given(st.floats(2.0**-96, 2.0**120, width=32), st.sampled_from([1, -1]))
def test_lions_sign_is_exact_in_float32(size: float, sign: int) -> None:
    grad = np.array([sign * size], np.float32)

    updated, _ = Lion(beta_1=0.0).update(grad * 0, grad, (grad * 0,), 1.0)

    assert updated.tolist() == [-sign]


def test_a_centered_rmsprop_survives_gradients_that_hardly_change() -> None:
    optimizer: Optimizer = plugins.load(FAMILY, "rmsprop")(centered=True)
    grads = (10 + 0.001 * Stream(0, "data").normal((300, 50))).astype(np.float32)
    params, state = grads[0], optimizer.init(grads[0])

    for grad in grads:
        params, state = optimizer.update(params, grad, state, 0.01)

    assert np.isfinite(params).all()


def test_every_optimizer_has_a_reference() -> None:
    assert {name for name, *_ in KERAS} == set(plugins.names(FAMILY))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.parametrize(("name", "options", "reference", "besides"), KERAS)
def test_rules_agree_with_keras(name: str, options: dict[str, Any], reference: str, besides: dict[str, Any]) -> None:
    from tensorflow import keras  # pyright: ignore[reportMissingModuleSource] - 5 s

    stream = Stream(5, "data")
    start, grads = stream.normal((20,)), stream.normal((100, 20))
    # Keras keeps the rate in float32 too.
    float32_rates = [float(np.float32(rate)) for rate in rates(0.1, Polynomial(end_factor=0.1), 100)]

    ours: Optimizer = plugins.load(FAMILY, name)(**options)
    params, state = start, ours.init(start)
    variable = keras.Variable(start, dtype="float64")
    theirs = getattr(keras.optimizers, reference)(0.1, **options, **besides)
    theirs.build([variable])

    for grad, lr in zip(grads, float32_rates, strict=True):
        params, state = ours.update(params, grad, state, lr)
        theirs.learning_rate = lr
        theirs.apply([keras.ops.convert_to_tensor(grad, dtype="float64")])
        np.testing.assert_allclose(params, np.asarray(variable), rtol=1e-9, atol=1e-9)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.parametrize(
    ("name", "reference"), [("rmsprop", "RMSprop"), ("adam", "Adam"), ("adamw", "AdamW"), ("lion", "Lion")]
)
def test_defaults_are_those_of_keras(name: str, reference: str) -> None:
    from tensorflow import keras  # pyright: ignore[reportMissingModuleSource] - 5 s

    theirs = getattr(keras.optimizers, reference)().get_config()

    defaults = write(plugins.load(FAMILY, name)())

    assert {option: theirs[option] for option in defaults} == defaults


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@every_variant
def test_the_same_rule_runs_on_tensors(name: str, options: dict[str, Any]) -> None:
    import tensorflow as tf  # pyright: ignore[reportMissingTypeStubs] - 5 s

    optimizer: Optimizer = plugins.load(FAMILY, name)(**options)
    start, grad = np.array([1.0, -2.0], np.float32), np.array([0.5, 3.0], np.float32)
    params, tensor = start, tf.constant(start)
    state, tensors = optimizer.init(params), optimizer.init(tensor)
    update = tf.function(optimizer.update)

    for _ in range(3):
        params, state = optimizer.update(params, grad, state, 0.25)
        tensor, tensors = update(tensor, tf.constant(grad), tensors, tf.constant(0.25))

    for array, theirs in zip((params, *state), (tensor, *tensors), strict=True):
        np.testing.assert_allclose(theirs.numpy(), array, rtol=1e-5)
