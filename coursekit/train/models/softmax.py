"""Softmax regression: one dense layer that tells classes apart.

{"name": "softmax"}
"""

from dataclasses import dataclass
from typing import ClassVar, final

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY
from coursekit.train.models import Model, _dense


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax(Model):
    """Logits x W + b with cross-entropy, a convex problem; parameters start from 0."""

    target: ClassVar[Target | None] = "classes"

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((features, classes), (classes,))."""
        return _dense.shapes((sizes.features, sizes.outputs))

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return zeros."""
        return _dense.zero_init((sizes.features, sizes.outputs), normal)

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the mean cross-entropy."""
        return _dense.loss(params, x, y, xp, CROSS_ENTROPY)

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient."""
        return _dense.loss_and_gradient(params, x, y, xp, CROSS_ENTROPY)


PLUGIN = Softmax
