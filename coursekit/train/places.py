"""What the loss does at a place on a run's way: on the whole training set, and on the batch that the run took there.

place.full.length   # of the gradient on the whole training set, among all P parameters
place.batch.arrow   # of the gradient on the batch of the next step, seen in a plane
place.cosine        # of the angle between the two, among all P parameters
"""

from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, final

import numpy as np

from coursekit.train.arrays import Array
from coursekit.train.keeping import Stop
from coursekit.train.problem import Problem

_AT_ONCE = 1 << 21  # parameters times rows: what a kernel keeps for each row grows with its model
_FEWEST = 256  # rows at once, so that calls do not cost more than products


@final
@dataclass(frozen=True, slots=True)
class Gradient:
    """A gradient, which points uphill: a step of plain descent goes the other way, by the rate times its length."""

    arrow: tuple[float, float]  # its part in the plane
    length: float  # of the whole, euclidean, before any clipping

    def to_json(self) -> dict[str, Any] | None:
        """Return both, or None for a gradient that is no longer finite."""
        return {"arrow": list(self.arrow), "length": self.length} if isfinite(sum(self.arrow) + self.length) else None


@final
@dataclass(frozen=True, slots=True)
class Place:
    """A place on a run's way and what is to be seen there."""

    step: int  # how many the run has taken
    at: tuple[float, float]  # in the plane
    loss: float  # on the whole training set
    rate: float | None  # of the next step; None at the end, which has no next step
    full: Gradient  # on the whole training set
    batch: Gradient | None  # on the batch of the next step; None at the end
    cosine: float | None  # between these two; nan where one of them has no direction, None at the end

    def to_json(self) -> dict[str, Any]:
        """Return it with None for what is no number."""
        return {
            "step": self.step,
            "at": list(self.at),
            "loss": _number(self.loss),
            "rate": self.rate,
            "full": self.full.to_json(),
            "batch": self.batch.to_json() if self.batch else None,
            "cosine": _number(self.cosine),
        }


@final
class Places:
    """Finds out what is to be seen at the stops of one problem's run, in one plane."""

    def __init__(self, problem: Problem, origin: Array, directions: Array) -> None:
        """Take the plane's origin (P,) and its directions (2, P)."""
        self._flat, self._grad = problem.params.copy(), np.zeros_like(problem.params)
        self._kernel = problem.model.kernel_for(problem, self._flat, self._grad)
        self._all = np.arange(len(problem.split.x_train))
        self._origin, self._directions = origin, directions

    @np.errstate(all="ignore")  # a loss of inf or nan is a result, not a warning
    def visit(self, stop: Stop) -> Place:
        """Take both gradients at a stop."""
        self._flat[...] = stop.params
        loss, full = self._slope(self._all)
        batch = None if stop.batch is None else self._slope(stop.batch)[1]
        return Place(
            stop.step,
            _pair(self._directions @ (stop.params.astype(np.float64) - self._origin)),
            loss,
            stop.rate,
            self._seen(full),
            None if batch is None else self._seen(batch),
            None if batch is None else cosine(full, batch),
        )

    def _slope(self, rows: Array) -> tuple[float, Array]:
        """Return the mean loss on these rows, and its gradient (P,), in parts if they are many."""
        most = max(_FEWEST, _AT_ONCE // len(self._flat))
        loss, gradient = 0.0, np.zeros(len(self._flat))
        for first in range(0, len(rows), most):
            part = rows[first : first + most]
            share = len(part) / len(rows)
            for _ in self._kernel.gradients(part, len(part)):
                gradient += share * self._grad.astype(np.float64)
            loss += share * float(self._kernel.losses()[0])
        return loss, gradient

    def _seen(self, gradient: Array) -> Gradient:
        return Gradient(_pair(self._directions @ gradient), length(gradient))


def length(vector: Array) -> float:
    """Return the euclidean length, also of a vector whose squares would overflow."""
    largest = float(np.abs(vector).max())
    return largest * float(np.linalg.norm(vector / largest)) if largest and isfinite(largest) else largest


def cosine(one: Array, other: Array) -> float:
    """Return the cosine of the angle between two vectors, in [-1, 1]; nan where one is 0 or not finite.

    >>> import numpy
    >>> round(cosine(numpy.array([1e200, 0]), numpy.array([1e-200, 1e-200])), 3)
    0.707
    """
    lengths = length(one), length(other)
    if not all(each and isfinite(each) for each in lengths):
        return nan
    return float(np.clip((one / lengths[0]) @ (other / lengths[1]), -1, 1))


def _number(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else value


def _pair(vector: Array) -> tuple[float, float]:
    first, second = vector.tolist()
    return first, second
