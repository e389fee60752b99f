"""Slopes and activations in place: the same numbers as `losses` and `activations` give, into arrays made beforehand.

Each is checked against the readable form. What depends on the targets alone is taken out of the step: `targets` makes
of y (rows, outputs) what `slope` subtracts, so that a slope is `something of z - targets`.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from coursekit.train import losses
from coursekit.train.activations import Name
from coursekit.train.arrays import Array

Slope: TypeAlias = Callable[[Array, Array], None]


class InPlace(NamedTuple):
    """A loss for batches of a fixed size."""

    targets: Callable[[Array, int], Array]
    slope: Callable[[Array], Slope]  # which writes into the array that is given, (batch, outputs)
    terms: Callable[[Array, Array], Array]  # what the losses are means of, by logits and the y that was given


def _squared_error(out: Array) -> Slope:
    share = np.asarray(2 / out.size, out.dtype)

    def slope(z: Array, y: Array) -> None:
        np.multiply(z, share, out)
        np.subtract(out, y, out)

    return slope


def _binary_cross_entropy(out: Array) -> Slope:
    half, share = np.asarray(0.5, out.dtype), np.asarray(0.5 / out.size, out.dtype)

    def slope(z: Array, y: Array) -> None:
        np.multiply(z, half, out)
        np.tanh(out, out)
        np.multiply(out, share, out)
        np.subtract(out, y, out)

    return slope


def _cross_entropy(out: Array) -> Slope:
    batch, outputs = out.shape
    sums, largest = np.empty_like(out), np.empty_like(out[:, :1])
    weights = np.full((outputs, outputs), batch, out.dtype)  # by a product, each sum stands beside all that it divides
    flat, ones, tolerance = out.reshape(-1), np.ones(out.size, out.dtype), 0.5 / batch
    exp, divide, subtract = np.exp, np.divide, np.subtract

    def slope(z: Array, y: Array) -> None:
        exp(z, out)
        out.dot(weights, sums)
        divide(out, sums, out)
        if not abs(flat.dot(ones) - 1) < tolerance:  # some e^z is too large, or all of a row are too small
            np.maximum.reduce(z, 1, None, largest, keepdims=True)
            subtract(z, largest, out)
            exp(out, out)
            out.dot(weights, sums)
            divide(out, sums, out)
        subtract(out, y, out)

    return slope


def _cross_entropy_terms(z: Array, y: Array) -> Array:
    ones, most = np.ones(z.shape[1], z.dtype), float(np.log(np.finfo(z.dtype).max / z.shape[1]))
    if -most < z.min() and z.max() < most:  # the largest logit may stay in the sum, which then does not overflow
        return np.log(np.exp(z).dot(ones)) - (z * y).dot(ones)
    return losses.cross_entropy(z, y, np)


def _squared_error_terms(z: Array, y: Array) -> Array:
    return losses.squared_error(z, y, np)


def _binary_cross_entropy_terms(z: Array, y: Array) -> Array:
    return losses.binary_cross_entropy(z, y, np)


def _doubled_share(y: Array, batch: int) -> Array:
    return y * (2 / (batch * y.shape[1]))


def _share_above_half(y: Array, batch: int) -> Array:
    return (y - 0.5) * (1 / (batch * y.shape[1]))


def _share(y: Array, batch: int) -> Array:
    return y * (1 / batch)


SLOPES = {
    losses.SQUARED_ERROR: InPlace(_doubled_share, _squared_error, _squared_error_terms),
    losses.BINARY_CROSS_ENTROPY: InPlace(_share_above_half, _binary_cross_entropy, _binary_cross_entropy_terms),
    losses.CROSS_ENTROPY: InPlace(_share, _cross_entropy, _cross_entropy_terms),
}


class Bend(NamedTuple):
    """An activation in place: from sums z to outputs h; and a slope s times that of h by z, which makes z anew."""

    forward: Callable[[Array, Array], object]
    backward: Callable[[Array, Array, Array], object]


def bend(name: Name, batch: int, width: int, dtype: np.dtype[np.floating]) -> Bend:
    """Return an activation for arrays (batch, width)."""
    return {"relu": _relu, "tanh": _tanh, "sigmoid": _sigmoid}[name](batch, width, dtype)


def _relu(batch: int, width: int, dtype: np.dtype[np.floating]) -> Bend:
    zeros = np.zeros((batch, width), dtype)  # NumPy takes the maximum of two arrays faster than of one and a number
    zero, passes = np.zeros((), dtype), np.empty((batch, width), bool)
    maximum, greater, copyto, multiply = np.maximum, np.greater, np.copyto, np.multiply

    def backward(z: Array, h: Array, s: Array) -> None:  # noqa: ARG001 - z says as much
        greater(z, zero, passes)
        copyto(z, passes)  # a product of numbers and bools would be slower
        multiply(s, z, s)

    def forward(z: Array, h: Array) -> None:
        maximum(z, zeros, out=h)

    return Bend(forward, backward)


def _tanh(_batch: int, _width: int, dtype: np.dtype[np.floating]) -> Bend:
    one = np.asarray(1, dtype)

    def backward(z: Array, h: Array, s: Array) -> None:
        np.multiply(h, h, z)
        np.subtract(one, z, z)
        np.multiply(s, z, s)

    def forward(z: Array, h: Array) -> None:
        np.tanh(z, h)

    return Bend(forward, backward)


def _sigmoid(_batch: int, _width: int, dtype: np.dtype[np.floating]) -> Bend:
    one, half = np.asarray(1, dtype), np.asarray(0.5, dtype)

    def forward(z: Array, h: Array) -> None:
        np.multiply(z, half, h)
        np.tanh(h, h)
        np.multiply(h, half, h)
        np.add(h, half, h)

    def backward(z: Array, h: Array, s: Array) -> None:
        np.subtract(one, h, z)
        np.multiply(h, z, z)
        np.multiply(s, z, s)

    return Bend(forward, backward)
