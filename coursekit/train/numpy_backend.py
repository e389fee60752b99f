"""Training with NumPy, the reference: gradients written by hand."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import final

import numpy as np

from coursekit.train.arrays import Array, split
from coursekit.train.backends import Run
from coursekit.train.problem import Problem


@final
class NumpyRun(Run):
    """A run on NumPy; parameters and gradient are two flat vectors, the model's arrays are views of them."""

    __slots__ = ("_arrays", "_flat", "_grad", "_grad_arrays", "_problem", "_state")

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._flat = problem.params.copy()
        self._grad = np.zeros_like(self._flat)
        self._arrays = split(self._flat, problem.shapes, np)
        self._grad_arrays = split(self._grad, problem.shapes, np)
        self._state = problem.optimizer.init(self._flat)

    def advance(self, batches: Sequence[Array], rates: Sequence[float]) -> Iterator[tuple[float, float]]:
        """Take the steps one by one, each when it is asked for."""
        for rows, rate in zip(batches, rates, strict=True):
            yield self._step(rows, rate)

    def validation_loss(self) -> float:
        """Return the loss on the whole validation set."""
        data = self._problem.split
        with np.errstate(all="ignore"):  # a loss of inf or nan is a result, not a warning
            return float(self._problem.model.loss(self._arrays, data.x_validation, data.y_validation, np))

    def _step(self, rows: Array, rate: float) -> tuple[float, float]:
        data = self._problem.split
        with np.errstate(all="ignore"):
            loss, grads = self._problem.model.loss_and_gradient(
                self._arrays, data.x_train[rows], data.y_train[rows], np
            )
            for view, grad in zip(self._grad_arrays, grads, strict=True):
                view[...] = grad
            self._flat[...], self._state = self._problem.optimizer.update(self._flat, self._grad, self._state, rate)
            return float(loss), sqrt(self._grad @ self._grad)
