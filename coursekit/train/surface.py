"""The training loss all over a grid in a plane, on as many rows of the training set as time allows."""

from collections.abc import Generator

import numpy as np

from coursekit.train.arrays import Array, split
from coursekit.train.problem import Problem
from coursekit.train.streams import Stream

_QUICK = 1 << 20  # parameters times rows: up to there a loss takes some 0.3 ms
_ENOUGH, _FEWEST = 256, 64  # rows for a loss that would take longer


def sampled(problem: Problem, rows: int | None) -> Array:
    """Return numbers of rows of the training set: drawn, since its first may be all of one class."""
    examples, size = len(problem.split.x_train), problem.params.size
    if rows is None:
        is_quick = examples * size <= _QUICK
        rows = examples if is_quick else min(_ENOUGH, max(_FEWEST, 4 * _QUICK // size))
    return np.sort(Stream(0, "data").permutation(examples)[:rows])


def surface(
    problem: Problem, sample: Array, plane: tuple[Array, Array, Array], first: Array, second: Array
) -> Generator[float, None, Array]:
    """Take the loss at one point of the grid after another, yielding after each row; return (rows, columns)."""
    x, y = problem.split.x_train[sample], problem.split.y_train[sample]
    origin, along, across = plane
    rows: list[list[float]] = []
    for b in second:
        rows.append([_loss(problem, origin + b * across + a * along, x, y) for a in first])
        yield len(rows) / len(second)
    return np.array(rows)


@np.errstate(all="ignore")  # a loss of inf or nan is a result, not a warning
def _loss(problem: Problem, flat: Array, x: Array, y: Array) -> float:
    arrays = split(flat.astype(problem.params.dtype), problem.shapes, np)
    return float(problem.model.loss(arrays, x, y, np))
