"""Models: one file each, found by name.

    coursekit/train/models/mlp.py   ->  {"name": "mlp", "hidden": [64]}

A model's loss is written with the functions of a namespace `xp`, which is NumPy or comes from the TensorFlow
backend (there gradients are automatic); NumPy takes the gradient that is written out by hand beside it.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target


class Model(ABC):
    """A function of parameters and inputs with a loss; options are fields, parameters are passed in."""

    __slots__ = ()

    target: ClassVar[Target | None]  # what it predicts; None: it has its loss in itself and takes no data

    @abstractmethod
    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return the shapes of the parameter arrays for data of these sizes."""

    @abstractmethod
    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return the parameter arrays before the first step."""

    @abstractmethod
    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the mean loss, a scalar, on inputs (batch, features) and their targets."""

    @abstractmethod
    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient with respect to each parameter array."""
