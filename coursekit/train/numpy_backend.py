"""Training with NumPy, the reference: gradients written by hand, everything in place."""

from collections.abc import Iterator, Sequence
from typing import final

import numpy as np

from coursekit.train.arrays import Array, split
from coursekit.train.backends import Measured, Run, Taken
from coursekit.train.batches import Batches
from coursekit.train.problem import Problem
from coursekit.train.program import Program

_GATHERED_BYTES = 1 << 19  # of rows gathered at once: they should still be in the cache when their turn comes


@final
class NumpyRun(Run):
    """A run on NumPy; parameters and gradient are two flat vectors, the model's arrays are views of them."""

    @np.errstate(all="ignore")  # huge options overflow, and the run then diverges
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._flat = problem.params.copy()
        self._grad = np.zeros_like(self._flat)
        self._arrays = split(self._flat, problem.shapes, np)
        self._kernel = problem.model.kernel_for(problem, self._flat, self._grad)
        state = tuple(np.array(part) for part in problem.rule.init(self._flat))
        self._program = Program(problem.rule.update, self._flat, self._grad, state)

    @np.errstate(all="ignore")  # a loss of inf or nan is a result, not a warning
    def advance(self, batches: Batches, rates: Sequence[float]) -> Taken:
        """Take the steps one by one."""
        losses: list[float] = []
        squares: list[Array] = []
        for rows, size in self._groups(batches):
            self._take(rows, size, rates[len(squares) :], squares)
            losses += self._kernel.losses().tolist()
        return Taken(losses, np.sqrt(squares).tolist())

    @np.errstate(all="ignore")
    def measure(self) -> Measured:
        """Measure on the whole validation set."""
        data = self._problem.split
        loss, is_right = self._problem.model.evaluate(self._arrays, data.x_validation, data.y_validation, np)
        return Measured(float(loss), None if is_right is None else float(is_right.mean()))

    @property
    def params(self) -> Array:
        """The parameters (P,)."""
        return self._flat.copy()

    def _take(self, rows: Array, size: int, rates: Sequence[float], squares: list[Array]) -> None:
        """Take a step for each batch of this size, and note the square of its gradient's norm."""
        grad, step, limit = self._grad, self._program.run, self._problem.rule.clip_norm
        for _, rate in zip(self._kernel.gradients(rows, size), rates, strict=False):
            square = grad.dot(grad)
            if limit and square > limit**2:
                np.multiply(grad, self._problem.rule.clipping(square**0.5), grad)
            step(rate)
            squares.append(square)

    def _groups(self, batches: Batches) -> Iterator[tuple[Array, int]]:
        """Yield row numbers on end and the size of a batch, as many as may be gathered at once."""
        one = self._problem.split.x_train[:1].nbytes or 1
        for rows in batches.alike():
            size = rows.shape[1]
            most = max(1, _GATHERED_BYTES // (one * size))
            for first in range(0, len(rows), most):
                yield rows[first : first + most].reshape(-1), size
