"""A multi-layer perceptron that tells classes apart.

{"name": "mlp", "hidden": [64], "activation": "relu", "init_by": "he"}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.activations import Name
from coursekit.train.arrays import Array, Normal
from coursekit.train.data import Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY, Loss
from coursekit.train.models import _init
from coursekit.train.models._dense import Dense
from coursekit.train.models._init import By
from coursekit.train.ranges import Range

Width = Annotated[int, Range(at_least=1, at_most=4096)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Mlp(Dense):
    """Dense layers of `hidden` units with an activation between, cross-entropy on the logits.

    He's initial weights suit relu, Glorot's tanh and sigmoid; biases start from 0.
    """

    target: ClassVar[Target | None] = "classes"
    measure: ClassVar[Loss] = CROSS_ENTROPY

    hidden: Annotated[tuple[Width, ...], Range(at_least=1, at_most=8)] = (64,)
    activation: Name = "relu"
    init_by: By = "he"

    def widths(self, sizes: Sizes) -> tuple[int, ...]:
        """Return (features, hidden ..., classes)."""
        return (sizes.features, *self.hidden, sizes.outputs)

    def bent_by(self) -> Name:
        """Return `activation`."""
        return self.activation

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return random weights and biases of 0."""
        variance = _init.VARIANCES[self.init_by]
        return tuple(_init.draw(shape, normal, variance) for shape in self.shapes(sizes))


PLUGIN = Mlp
