"""Losses: each a mean over the batch, with its slope, the derivative by the model's output.

Outputs `z` are predictions or logits; the logistic losses take logits, because a probability that was rounded
to 0 has no logarithm. z and y are (batch, outputs); `xp` is NumPy or a namespace like it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, final

from coursekit.train.arrays import Array, Namespace

Function: TypeAlias = Callable[[Array, Array, Namespace], Array]


@final
@dataclass(frozen=True, slots=True)
class Loss:
    """A loss as two functions of outputs and targets: value, a scalar, and slope, (batch, outputs)."""

    value: Function
    slope: Function


def squared_error(z: Array, y: Array, xp: Namespace) -> Array:
    """Mean of (z - y)^2 over predictions and targets, as Keras has it: without a half."""
    return xp.mean((z - y) ** 2)


def squared_error_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Twice the error, shared out over the batch."""
    return (z - y) * (2 / xp.size(z))


def binary_cross_entropy(z: Array, y: Array, xp: Namespace) -> Array:
    """Mean of log(e^0 + e^z) - y z over logits and targets of 0 or 1; `logaddexp` never overflows."""
    return xp.mean(xp.logaddexp(z * 0, z) - y * z)


def binary_cross_entropy_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Probability minus target, shared out over the batch."""
    small = xp.exp(-xp.abs(z))
    probability = xp.where(z >= 0, 1, small) / (1 + small)
    return (probability - y) / xp.size(z)


def cross_entropy(z: Array, y: Array, xp: Namespace) -> Array:
    """Mean of log(sum of e^z) - z of the true class, over logits and rows y with a single 1.

    The largest logit is taken out of the sum first, so that e^z never overflows.
    """
    z = z - xp.max(z, axis=1, keepdims=True)
    return xp.mean(xp.log(xp.sum(xp.exp(z), axis=1)) - xp.sum(z * y, axis=1))


def cross_entropy_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Probabilities minus targets, shared out over the batch."""
    powers = xp.exp(z - xp.max(z, axis=1, keepdims=True))
    return (powers / xp.sum(powers, axis=1, keepdims=True) - y) / len(z)


SQUARED_ERROR = Loss(squared_error, squared_error_slope)
BINARY_CROSS_ENTROPY = Loss(binary_cross_entropy, binary_cross_entropy_slope)
CROSS_ENTROPY = Loss(cross_entropy, cross_entropy_slope)
