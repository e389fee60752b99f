"""Stacks of dense layers: x -> h = bent(x W + b) -> ... -> h W + b.

Parameters are (W1, b1, W2, b2, ...) with W of shape (inputs, outputs) and b of shape (outputs,).
"""

from abc import abstractmethod
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from coursekit.train.activations import ACTIVATIONS, Name
from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes
from coursekit.train.models import Predictor

if TYPE_CHECKING:  # they load NumPy
    from coursekit.train.kernel import Kernel
    from coursekit.train.problem import Problem


class Dense(Predictor):
    """A model that is a stack of dense layers: it says how wide they are, and which loss comes last."""

    __slots__ = ()

    def bent_by(self) -> Name:
        """Return the activation of the hidden layers."""
        return "relu"

    @abstractmethod
    def widths(self, sizes: Sizes) -> tuple[int, ...]:
        """Return the number of features, of units in each hidden layer, and of outputs."""

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((features, h1), (h1,), ..., (h, outputs), (outputs,))."""
        return shapes(self.widths(sizes))

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return zeros, which suit a single layer: its problem is convex."""
        return tuple(normal(shape) * 0 for shape in self.shapes(sizes))

    def outputs(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> Array:
        """Return predictions or logits, (batch, outputs)."""
        return forward(params, x, xp, self.bent_by())[-1]

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient by back-propagation."""
        values = forward(params, x, xp, self.bent_by())
        slope = self.measure.slope(values[-1], y, xp)
        return self.measure.value(values[-1], y, xp), backward(params, values, slope, self.bent_by())

    def kernel_for(self, problem: "Problem", params: Array, grad: Array) -> "Kernel":
        """Return the same gradient in place."""
        from coursekit.train.models._dense_kernel import DenseKernel

        return DenseKernel(self, problem, params, grad)


def shapes(widths: Sequence[int]) -> tuple[Shape, ...]:
    """Return the shapes of all parameters, given the widths from the input to the output.

    >>> shapes([64, 32, 10])
    ((64, 32), (32,), (32, 10), (10,))
    """
    layers = pairwise(widths)
    return tuple(shape for inputs, outputs in layers for shape in ((inputs, outputs), (outputs,)))


def affine(x: Array, weights: Array, bias: Array, xp: Namespace) -> Array:
    """Return x W + b, (batch, outputs)."""
    return xp.bias_add(x @ weights, bias) if hasattr(xp, "bias_add") else x @ weights + bias


def forward(params: tuple[Array, ...], x: Array, xp: Namespace, activation: Name) -> list[Array]:
    """Return the input of every layer and, last, the output (batch, outputs)."""
    values = [x]
    for i in range(0, len(params), 2):
        z = affine(values[-1], params[i], params[i + 1], xp)
        is_last = i + 2 == len(params)
        values.append(z if is_last else ACTIVATIONS[activation].value(z, xp))
    return values


def backward(params: tuple[Array, ...], values: list[Array], slope: Array, activation: Name) -> tuple[Array, ...]:
    """Return the gradient by each parameter, given the loss's slope by the output (batch, outputs)."""
    grads: list[Array] = []
    for i in reversed(range(0, len(params), 2)):
        x = values[i // 2]
        grads = [x.T @ slope, slope.sum(axis=0), *grads]
        if i:
            slope = (slope @ params[i].T) * ACTIVATIONS[activation].slope(x)
    return tuple(grads)
