"""Activations: what a hidden layer does to its sums, and the slope of that, told by its output.

tanh(z) = h has the slope 1 - h^2, so that the sums need not be kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from coursekit.train.arrays import Array, Namespace

Name: TypeAlias = Literal["relu", "tanh", "sigmoid"]


@final
@dataclass(frozen=True, slots=True)
class Activation:
    """A function of the sums z, and its slope as a function of its output h; both elementwise."""

    value: Callable[[Array, Namespace], Array]
    slope: Callable[[Array], Array]


ACTIVATIONS: dict[Name, Activation] = {
    "relu": Activation(lambda z, xp: xp.relu(z) if hasattr(xp, "relu") else xp.maximum(z * 0, z), lambda h: h > 0),
    "tanh": Activation(lambda z, xp: xp.tanh(z), lambda h: 1 - h * h),
    # 1 / (1 + e^-z), by tanh, which never overflows
    "sigmoid": Activation(lambda z, xp: 0.5 + 0.5 * xp.tanh(0.5 * z), lambda h: h * (1 - h)),
}
