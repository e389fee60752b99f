"""Stacks of dense layers: x -> relu(x W + b) -> ... -> x W + b.

Parameters are (W1, b1, W2, b2, ...) with W of shape (inputs, outputs) and b of shape (outputs,).
"""

from collections.abc import Sequence
from itertools import pairwise

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.losses import Loss


def shapes(widths: Sequence[int]) -> tuple[Shape, ...]:
    """Return the shapes of all parameters, given the widths from the input to the output.

    >>> shapes([64, 32, 10])
    ((64, 32), (32,), (32, 10), (10,))
    """
    layers = pairwise(widths)
    return tuple(shape for inputs, outputs in layers for shape in ((inputs, outputs), (outputs,)))


def he_init(widths: Sequence[int], normal: Normal) -> tuple[Array, ...]:
    """Return weights of variance 2 / inputs, and biases of 0.

    He et al., Delving Deep into Rectifiers, 2015, https://arxiv.org/abs/1502.01852.
    """
    return tuple(
        normal(shape) * (2 / shape[0]) ** 0.5 if len(shape) == 2 else normal(shape) * 0 for shape in shapes(widths)
    )


def zero_init(widths: Sequence[int], normal: Normal) -> tuple[Array, ...]:
    """Return zeros, which suit a single layer: its problem is convex."""
    return tuple(normal(shape) * 0 for shape in shapes(widths))


def loss(params: tuple[Array, ...], x: Array, y: Array, xp: Namespace, of: Loss) -> Array:
    """Return the loss of the stack's output, a scalar."""
    return of.value(_forward(params, x, xp)[-1], y, xp)


def loss_and_gradient(
    params: tuple[Array, ...], x: Array, y: Array, xp: Namespace, of: Loss
) -> tuple[Array, tuple[Array, ...]]:
    """Return the loss and its gradient by back-propagation."""
    values = _forward(params, x, xp)
    slope = of.slope(values[-1], y, xp)
    return of.value(values[-1], y, xp), _backward(params, values, slope)


def _forward(params: tuple[Array, ...], x: Array, xp: Namespace) -> list[Array]:
    """Return the input of every layer and, last, the output (batch, outputs)."""
    values = [x]
    for i in range(0, len(params), 2):
        z = values[-1] @ params[i] + params[i + 1]
        is_last = i + 2 == len(params)
        values.append(z if is_last else xp.maximum(z * 0, z))
    return values


def _backward(params: tuple[Array, ...], values: list[Array], slope: Array) -> tuple[Array, ...]:
    """Return the gradient by each parameter, given the loss's slope by the output (batch, outputs)."""
    grads: list[Array] = []
    for i in reversed(range(0, len(params), 2)):
        x = values[i // 2]
        grads = [x.T @ slope, slope.sum(axis=0), *grads]
        if i:  # a relu passes the slope on where it was above 0
            slope = (slope @ params[i].T) * (x > 0)
    return tuple(grads)
