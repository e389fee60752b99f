"""How NumPy takes the gradient of one batch after another, at the speed of the matrix products if a model knows how.

for _ in kernel.gradients(rows, batch_size):
    ...                    # the flat gradient now holds that of the next batch
kernel.losses()            # of all these batches
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from coursekit.train.arrays import Array, split

if TYPE_CHECKING:  # it stands above
    from coursekit.train.problem import Problem


class Kernel(ABC):
    """The gradient of a model on its training set; parameters are read from one flat vector, written by others."""

    @abstractmethod
    def gradients(self, rows: Array, batch_size: int) -> Iterator[None]:
        """Write the gradient of one batch after another into the flat gradient, yielding after each.

        `rows` holds the row numbers of as many batches as are wanted, all of the same size, on end.
        """

    @abstractmethod
    def losses(self) -> Array:
        """Return the mean loss on each of those batches, before its update."""


class PlainKernel(Kernel):
    """The model's own `loss_and_gradient`, for models so small that nothing else pays."""

    def __init__(self, problem: "Problem", params: Array, grad: Array) -> None:
        self._problem = problem
        self._params = split(params, problem.shapes, np)
        self._grads = split(grad, problem.shapes, np)
        self._losses: list[Array] = []

    def gradients(self, rows: Array, batch_size: int) -> Iterator[None]:
        """Take one batch after another."""
        model, data = self._problem.model, self._problem.split
        self._losses = []
        for batch in rows.reshape(-1, batch_size):
            loss, grads = model.loss_and_gradient(self._params, data.x_train[batch], data.y_train[batch], np)
            self._losses.append(loss)
            for view, grad in zip(self._grads, grads, strict=True):
                view[...] = grad
            yield

    def losses(self) -> Array:
        """Return the losses."""
        return np.array(self._losses)
