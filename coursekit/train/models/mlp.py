"""A multi-layer perceptron that tells classes apart.

{"name": "mlp", "hidden": [64]}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY
from coursekit.train.models import Model, _dense
from coursekit.train.ranges import Range

Width = Annotated[int, Range(at_least=1, at_most=4096)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Mlp(Model):
    """Dense layers of `hidden` units with relu between, cross-entropy on the logits; He initialisation."""

    target: ClassVar[Target | None] = "classes"

    hidden: Annotated[tuple[Width, ...], Range(at_least=1, at_most=8)] = (64,)

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((features, h1), (h1,), ..., (h, classes), (classes,))."""
        return _dense.shapes(self._widths(sizes))

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return He's random weights and biases of 0."""
        return _dense.he_init(self._widths(sizes), normal)

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the mean cross-entropy."""
        return _dense.loss(params, x, y, xp, CROSS_ENTROPY)

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient by back-propagation."""
        return _dense.loss_and_gradient(params, x, y, xp, CROSS_ENTROPY)

    def _widths(self, sizes: Sizes) -> tuple[int, ...]:
        return (sizes.features, *self.hidden, sizes.outputs)


PLUGIN = Mlp
