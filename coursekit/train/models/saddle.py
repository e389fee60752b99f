"""A saddle point between two minima.

{"name": "saddle", "start": [1, 0]}
"""

# ruff: noqa: ARG002 - the interface hands over sizes and targets, which a landscape does not need

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.models import Model
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Saddle(Model):
    """Loss x^2 / 2 - y^2 / 2 + y^4 / 4 + mean(a) y for the parameters x and y and the batch's slopes a.

    The saddle is at (0, 0), height 0; the minima are at (0, 1) and (0, -1), height -1/4. Without noise a start with
    y = 0, as the default's, ends in the saddle.
    """

    target: ClassVar[Target | None] = "slopes"

    start: Annotated[tuple[float, ...], Range(at_least=2, at_most=2)] = (1.0, 0.0)

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((2,),): x and y."""
        return ((2,),)

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return the start."""
        return (normal((2,)) * 0 + self.start,)

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the height, tilted by the batch's mean slope."""
        along, across = params[0][0], params[0][1]
        return 0.5 * along**2 - 0.5 * across**2 + 0.25 * across**4 + xp.mean(x) * across

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and (x, y^3 - y + mean(a))."""
        along, across = params[0][0], params[0][1]
        slope = xp.stack([along, across**3 - across + xp.mean(x)])
        return self.loss(params, x, y, xp), (slope,)


PLUGIN = Saddle
