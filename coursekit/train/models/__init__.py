"""Models: one file each, found by name.

    coursekit/train/models/mlp.py   ->  {"name": "mlp", "hidden": [64]}

A model's loss is written with the functions of a namespace `xp`, which is NumPy or comes from the TensorFlow
backend (there gradients are automatic); NumPy takes the gradient that is written out by hand beside it.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.losses import Loss

if TYPE_CHECKING:  # they load NumPy
    from coursekit.train.kernel import Kernel
    from coursekit.train.problem import Problem


class Model(ABC):
    """A function of parameters and inputs with a loss; options are fields, parameters are passed in."""

    __slots__ = ()

    target: ClassVar[Target | None]  # what it predicts; None: it has its loss in itself and takes no data

    @abstractmethod
    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return the shapes of the parameter arrays for data of these sizes.

        Raises ValueError, beginning with a field's name, when the model cannot take such data.
        """

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

    def terms(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return what the loss is the mean of, one number or more for each example."""
        return self.loss(params, x, y, xp)

    def evaluate(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> tuple[Array, Array | None]:
        """Return the mean loss and whether each example is told right (batch,), None where none can be."""
        return self.loss(params, x, y, xp), None

    def kernel_for(self, problem: "Problem", params: Array, grad: Array) -> "Kernel":
        """Return what computes the gradient on NumPy, from one flat vector (P,) into another."""
        from coursekit.train.kernel import PlainKernel

        return PlainKernel(problem, params, grad)


class Predictor(Model):
    """A model that makes outputs of inputs, which a loss holds against targets."""

    __slots__ = ()

    measure: ClassVar[Loss]

    @abstractmethod
    def outputs(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> Array:
        """Return predictions or logits, (batch, outputs)."""

    def loss(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the mean loss of the outputs."""
        return self.measure.value(self.outputs(params, x, xp), y, xp)

    def terms(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> Array:
        """Return the terms of the loss."""
        return self.measure.terms(self.outputs(params, x, xp), y, xp)

    def evaluate(self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace) -> tuple[Array, Array | None]:
        """Return the mean loss, and for classes whether each is told right."""
        z, is_right = self.outputs(params, x, xp), self.measure.is_right
        return self.measure.value(z, y, xp), is_right(z, y, xp) if is_right else None
