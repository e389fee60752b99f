"""A shallow and a deep minimum with a barrier between them.

{"name": "double-well", "tilt": 0.2, "start": 1}
"""

# ruff: noqa: ARG002 - the interface hands over sizes and targets, which a landscape does not need

from dataclasses import dataclass
from typing import ClassVar, final

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.models import Model


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleWell(Model):
    """Loss w^4 / 4 - w^2 / 2 + tilt w + mean(a) w for one parameter w and the batch's slopes a.

    With the default tilt the shallow minimum is at w = 0.879, height -0.061; the barrier at w = 0.209, height 0.021;
    the deep minimum at w = -1.088, height -0.459. Whatever starts right of the barrier, as the default does, ends in
    the shallow one without noise. A larger tilt lowers the barrier seen from there, which is gone from
    2 / sqrt(27) = 0.385 on; a negative one mirrors the landscape. Data of 'slopes' with scale 2 lead out of the shallow
    minimum within 2,000 steps of learning rate 0.05, one example at a time, and seldom in batches of 4.
    """

    target: ClassVar[Target | None] = "slopes"

    tilt: float = 0.2
    start: float = 1.0

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((1,),)."""
        return ((1,),)

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return the start."""
        return (normal((1,)) * 0 + self.start,)

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the height, tilted by the batch's mean slope."""
        (w,) = params
        return xp.sum(0.25 * w**4 - 0.5 * w**2 + (self.tilt + xp.mean(x)) * w)

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and w^3 - w + tilt + mean(a)."""
        (w,) = params
        return self.loss(params, x, y, xp), (w**3 - w + self.tilt + xp.mean(x),)


PLUGIN = DoubleWell
