"""The convolutional network against Keras's layers and TensorFlow's automatic gradients."""

# Keras and TensorFlow are untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingImports=false, reportUnknownArgumentType=false

from typing import Any

import numpy as np
import pytest

from coursekit.train.arrays import Array
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.data import Sizes
from coursekit.train.models import Model
from coursekit.train.models.cnn import Cnn
from coursekit.train.models.double_well import DoubleWell
from coursekit.train.models.saddle import Saddle
from coursekit.train.streams import Stream

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of TensorFlow's own making
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]

VARIANTS = [
    Cnn(),
    Cnn(stride=2),
    Cnn(stride=2, padding="same"),  # which puts more zeros below and right
    Cnn(padding="same", pool=3),
    Cnn(kernel=2, stride=3, padding="same", pool=1),
    Cnn(filters=(4, 5), padding="same", hidden=(6,)),
    Cnn(filters=(4, 5), kernel=2, hidden=(6, 7)),
    Cnn(kernel=1, stride=3, pool=1),
]
SIZES = Sizes(train=5, validation=1, features=128, outputs=3, image=(8, 8, 2))


def problem(model: Model) -> tuple[tuple[Array, ...], Array, Array]:
    """Return parameters, biases not 0, and five images with their classes."""
    normal = Stream(1, "parameters").normal
    params = tuple(0.3 * normal(shape) for shape in model.shapes(SIZES))
    return params, Stream(3, "data").normal((5, SIZES.features)), np.eye(3)[[0, 1, 2, 0, 1]]


@pytest.mark.parametrize("model", VARIANTS, ids=repr)
def test_logits_are_those_of_keras(model: Cnn) -> None:
    params, x, _ = problem(model)

    theirs = keras_model(model, params)(x.reshape(-1, 8, 8, 2)).numpy()

    np.testing.assert_allclose(model.outputs(params, x, np), theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("model", [*VARIANTS, Saddle(), DoubleWell()], ids=repr)
def test_gradient_is_that_of_automatic_differentiation(model: Model) -> None:
    import tensorflow as tf

    from coursekit.train.tensorflow_backend import XP

    params, x, y = problem(model)
    with tf.GradientTape() as tape:
        variables = tuple(tf.Variable(param) for param in params)
        loss = model.loss(variables, tf.constant(x), tf.constant(y), XP)
    theirs = tape.gradient(loss, variables)

    ours, grads = model.loss_and_gradient(params, x, y, np)

    assert ours == pytest.approx(float(loss), rel=1e-12)
    for a, b in zip(grads, theirs, strict=True):
        np.testing.assert_allclose(a, np.asarray(b), rtol=1e-9, atol=1e-12)


def keras_model(model: Cnn, params: tuple[Array, ...]) -> Any:
    import keras
    from keras import layers

    stack: list[Any] = [keras.Input((8, 8, 2), dtype="float64")]
    options = {"strides": model.stride, "padding": model.padding, "activation": "relu", "dtype": "float64"}
    for filters in model.filters:
        stack.append(layers.Conv2D(filters, model.kernel, **options))
        stack.append(layers.MaxPooling2D(model.pool, dtype="float64"))
    stack.append(layers.Flatten(dtype="float64"))
    stack += [layers.Dense(width, "relu", dtype="float64") for width in model.hidden]
    made = keras.Sequential([*stack, layers.Dense(3, dtype="float64")])
    made.set_weights(list(params))
    return made
