"""A quadratic bowl: the model of which everything is known.

{"name": "quadratic", "eigenvalues": [1, 10], "start": [1, 1]}
"""

# ruff: noqa: ARG002 - the interface hands over data, of which a bowl has none

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.models import Model
from coursekit.train.ranges import Range

Eigenvalue = Annotated[float, Range(at_least=0)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Quadratic(Model):
    """Loss 1/2 sum of eigenvalue w^2, without data.

    Gradient descent settles for learning rates below 2 / the largest eigenvalue.
    """

    target: ClassVar[Target | None] = None

    eigenvalues: Annotated[tuple[Eigenvalue, ...], Range(at_least=1, at_most=1000)] = (1.0, 10.0)
    start: Annotated[tuple[float, ...], Range(at_least=1, at_most=1000)] = (1.0, 1.0)

    def __post_init__(self) -> None:
        if len(self.start) != len(self.eigenvalues):
            raise ValueError(
                f"start must have as many entries as eigenvalues has, {len(self.eigenvalues)}; "
                f"it has {len(self.start)}."
            )

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((n,),) for n eigenvalues."""
        return ((len(self.start),),)

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return the start."""
        return (normal((len(self.start),)) * 0 + self.start,)

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the height above the minimum, which is 0."""
        (w,) = params
        return 0.5 * xp.sum(w * w * self.eigenvalues)

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and eigenvalue w."""
        (w,) = params
        return self.loss(params, x, y, xp), (w * self.eigenvalues,)


PLUGIN = Quadratic
