"""Losses: terms for each example, their mean over the batch, and the slope, the mean's derivative by the output.

Outputs `z` are predictions or logits; the logistic losses take logits, because a probability that was rounded
to 0 has no logarithm. z and y are (batch, outputs); `xp` is NumPy or a namespace like it, which may have a function for
the whole of a loss.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, final

from coursekit.train.arrays import Array, Namespace

Function: TypeAlias = Callable[[Array, Array, Namespace], Array]


@final
@dataclass(frozen=True, slots=True)
class Loss:
    """A loss as functions of outputs and targets."""

    terms: Function  # what the loss is the mean of: (batch,) or (batch, outputs)
    slope: Function  # of the mean loss by each output, (batch, outputs)
    is_right: Function | None  # whether each example is told right, (batch,); None for predicted numbers

    def value(self, z: Array, y: Array, xp: Namespace) -> Array:
        """Return the mean of the terms, a scalar."""
        return xp.mean(self.terms(z, y, xp))


def squared_error(z: Array, y: Array, xp: Namespace) -> Array:
    """(z - y)^2 over predictions and targets, as Keras has it: without a half."""
    return xp.square(z - y)


def squared_error_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Twice the error, shared out over the batch."""
    return (z - y) * (2 / xp.size(z))


def binary_cross_entropy(z: Array, y: Array, xp: Namespace) -> Array:
    """log(e^0 + e^z) - y z over logits and targets of 0 or 1; `logaddexp` never overflows."""
    return xp.logaddexp(z * 0, z) - y * z


def binary_cross_entropy_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Probability minus target, shared out over the batch; tanh never overflows."""
    return (0.5 + 0.5 * xp.tanh(0.5 * z) - y) / xp.size(z)


def cross_entropy(z: Array, y: Array, xp: Namespace) -> Array:
    """log(sum of e^z) - z of the true class, over logits and rows y with a single 1.

    The largest logit is taken out of the sum first, so that e^z never overflows.
    """
    if hasattr(xp, "cross_entropy"):
        return xp.cross_entropy(z, y)
    z = z - xp.max(z, axis=1, keepdims=True)
    return xp.log(xp.sum(xp.exp(z), axis=1)) - xp.sum(z * y, axis=1)


def cross_entropy_slope(z: Array, y: Array, xp: Namespace) -> Array:
    """Probabilities minus targets, shared out over the batch."""
    powers = xp.exp(z - xp.max(z, axis=1, keepdims=True))
    return (powers / xp.sum(powers, axis=1, keepdims=True) - y) / len(z)


def _is_same_side(z: Array, y: Array, xp: Namespace) -> Array:
    return xp.all((z > 0) == (y > 0.5), axis=1)


def _is_same_class(z: Array, y: Array, xp: Namespace) -> Array:
    return xp.argmax(z, axis=1) == xp.argmax(y, axis=1)


SQUARED_ERROR = Loss(squared_error, squared_error_slope, None)
BINARY_CROSS_ENTROPY = Loss(binary_cross_entropy, binary_cross_entropy_slope, _is_same_side)
CROSS_ENTROPY = Loss(cross_entropy, cross_entropy_slope, _is_same_class)
