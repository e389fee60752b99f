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

Slope: TypeAlias = Callable[[Array, Array, Array], None]
_FAR = 1e30


class InPlace(NamedTuple):
    """A loss for batches of a fixed size, its slope of logits z (batch, outputs) and targets, into out."""

    targets: Callable[[Array, int], Array]
    slope: Callable[[int, int, np.dtype[np.floating]], Slope]
    rows: Callable[[Array, Array], Array]  # the loss of each row, of logits and the y that was given


def _squared_error(batch: int, outputs: int, dtype: np.dtype[np.floating]) -> Slope:
    share = np.asarray(2 / (batch * outputs), dtype)

    def slope(z: Array, y: Array, out: Array) -> None:
        np.multiply(z, share, out)
        np.subtract(out, y, out)

    return slope


def _binary_cross_entropy(batch: int, outputs: int, dtype: np.dtype[np.floating]) -> Slope:
    half, share = np.asarray(0.5, dtype), np.asarray(0.5 / (batch * outputs), dtype)

    def slope(z: Array, y: Array, out: Array) -> None:
        np.multiply(z, half, out)
        np.tanh(out, out)
        np.multiply(out, share, out)
        np.subtract(out, y, out)

    return slope


def _cross_entropy(batch: int, outputs: int, dtype: np.dtype[np.floating]) -> Slope:
    largest = np.empty((batch, 1), dtype)
    sums, shares = np.empty(batch, dtype), np.empty(batch, dtype)
    column, weights = shares[:, None], np.full(outputs, batch, dtype)  # sums come out times the batch size
    exp, multiply, subtract, reciprocal = np.exp, np.multiply, np.subtract, np.reciprocal

    def slope(z: Array, y: Array, out: Array) -> None:
        exp(z, out)
        out.dot(weights, sums)
        reciprocal(sums, shares)
        if not (
            sums.dot(sums) < _FAR and shares.dot(shares) < _FAR
        ):  # some e^z is too large, or all of a row too small
            np.maximum.reduce(z, 1, None, largest, keepdims=True)
            subtract(z, largest, out)
            exp(out, out)
            out.dot(weights, sums)
            reciprocal(sums, shares)
        multiply(out, column, out)
        subtract(out, y, out)

    return slope


def _cross_entropy_rows(z: Array, y: Array) -> Array:
    ones, most = np.ones(z.shape[1], z.dtype), float(np.log(np.finfo(z.dtype).max / z.shape[1]))
    if -most < z.min() and z.max() < most:  # the largest logit may stay in the sum, which then does not overflow
        return np.log(np.exp(z).dot(ones)) - (z * y).dot(ones)
    return losses.cross_entropy(z, y, np)


def _squared_error_rows(z: Array, y: Array) -> Array:
    return losses.squared_error(z, y, np)


def _binary_cross_entropy_rows(z: Array, y: Array) -> Array:
    return losses.binary_cross_entropy(z, y, np)


def _doubled_share(y: Array, batch: int) -> Array:
    return y * (2 / (batch * y.shape[1]))


def _share_above_half(y: Array, batch: int) -> Array:
    return (y - 0.5) * (1 / (batch * y.shape[1]))


def _share(y: Array, batch: int) -> Array:
    return y * (1 / batch)


SLOPES = {
    losses.SQUARED_ERROR: InPlace(_doubled_share, _squared_error, _squared_error_rows),
    losses.BINARY_CROSS_ENTROPY: InPlace(_share_above_half, _binary_cross_entropy, _binary_cross_entropy_rows),
    losses.CROSS_ENTROPY: InPlace(_share, _cross_entropy, _cross_entropy_rows),
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
