"""Data parallelism: each worker takes a part of the batch, and one step follows the mean of their gradients.

    for step in fit_data_parallel(config, workers=4):
        print(step.step, step.loss)

The mean over a batch is the mean of its shards' means, each weighted by its rows. So the steps of k workers are those
of one worker, to rounding. Here the workers take turns in one process, which shows the arithmetic and saves no time;
`tensorflow_parallel` has real ones.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from typing import TypeAlias, final

import numpy as np

from coursekit.errors import ConfigError
from coursekit.train.arrays import Array, split
from coursekit.train.backends import Measured, Run, Taken
from coursekit.train.batches import Batches
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import follow
from coursekit.train.models import Model
from coursekit.train.problem import Problem, prepare
from coursekit.train.steps import Step
from coursekit.words import count

Shard: TypeAlias = tuple[Array, Array]  # one worker's inputs (rows, features) and targets (rows, outputs)
Workers: TypeAlias = int | Sequence[int]  # how many, with equal shares, or the share of each


def fit_data_parallel(config: TrainingConfig, workers: Workers, *, weighted: bool = True) -> Iterator[Step]:
    """Train as `fit` does, on NumPy, each batch shared out among workers.

    Shares are as for `shards`. Raises ConfigError at once when a worker would get no row of some batch; the last
    batch of an epoch counts too.
    """
    check_workers(config, workers)
    with np.errstate(all="ignore"):
        problem = prepare(config)
        run = DataParallelRun(problem, workers, weighted=weighted)
    return follow(config, problem, run)


def shards(rows: Array, workers: Workers) -> tuple[Array, ...]:
    """Cut the rows of a batch (batch,) into a contiguous part for each worker.

    A number of workers gives parts whose sizes differ by at most 1. A sequence of sizes gives those sizes when they
    add up to the batch, and otherwise parts in proportion to them. Raises ConfigError when a part would be empty.

    >>> shards(range(7), 3)
    (range(0, 2), range(2, 4), range(4, 7))
    >>> shards(range(8), (5, 2, 1))
    (range(0, 5), range(5, 7), range(7, 8))
    """
    shares = _shares(workers)
    cuts = (len(rows) * done // sum(shares) for done in accumulate(shares, initial=0))
    parts = tuple(rows[start:stop] for start, stop in pairwise(cuts))
    if not all(map(len, parts)):
        raise ConfigError(
            f"workers: a batch of {count(len(rows), 'row')} leaves one of {len(parts)} workers without a row. "
            "Use fewer workers or more even shares; drop_last leaves out the small batch at the end of an epoch."
        )
    return parts


def weights(sizes: Sequence[int]) -> tuple[float, ...]:
    """Return each shard's share of the batch's rows.

    >>> weights((3, 1))
    (0.75, 0.25)
    """
    return tuple(size / sum(sizes) for size in sizes)


def averaged_gradient(
    model: Model, params: tuple[Array, ...], parts: Sequence[Shard], *, weighted: bool = True
) -> tuple[Array, tuple[Array, ...]]:
    """Return the mean of the workers' losses and gradients, weighted by the rows of their shards.

    Weighted, it is the loss and the gradient on the whole batch; unweighted only when all shards are of one size.
    """
    factors = weights([len(x) if weighted else 1 for x, _ in parts])
    told = [model.loss_and_gradient(params, x, y, np) for x, y in parts]
    loss = _dot(factors, [loss for loss, _ in told])
    return loss, tuple(_dot(factors, grads) for grads in zip(*(grads for _, grads in told), strict=True))


def check_workers(config: TrainingConfig, workers: Workers) -> None:
    """See that each worker gets a row of every batch. Raises ConfigError."""
    rows = config.data.sizes.train if config.data else 1
    size = config.batch_size or rows
    shards(range(size), workers)
    if not config.drop_last:
        shards(range(rows % size or size), workers)


@final
class DataParallelRun(Run):
    """A run on NumPy whose batches are shared out; every worker would hold the same parameters and state."""

    def __init__(self, problem: Problem, workers: Workers, *, weighted: bool = True) -> None:
        self._problem = problem
        self._workers = workers
        self._weighted = weighted
        self._flat = problem.params
        self._state = problem.rule.init(self._flat)

    def advance(self, batches: Batches, rates: Sequence[float]) -> Taken:
        """Take the steps one by one."""
        with np.errstate(all="ignore"):  # a loss of inf or nan is a result, not a warning
            told = [self._step(rows, rate) for rows, rate in zip(batches, rates, strict=True)]
        return Taken([loss for loss, _ in told], [norm for _, norm in told])

    def measure(self) -> Measured:
        """Measure on the whole validation set."""
        problem, data = self._problem, self._problem.split
        with np.errstate(all="ignore"):
            arrays = split(self._flat, problem.shapes, np)
            loss, is_right = problem.model.evaluate(arrays, data.x_validation, data.y_validation, np)
        return Measured(float(loss), None if is_right is None else float(is_right.mean()))

    @property
    def params(self) -> Array:
        """The parameters (P,)."""
        return self._flat

    def _step(self, rows: Array, rate: float) -> tuple[float, float]:
        problem, data = self._problem, self._problem.split
        parts = [(data.x_train[part], data.y_train[part]) for part in shards(rows, self._workers)]
        arrays = split(self._flat, problem.shapes, np)
        loss, grads = averaged_gradient(problem.model, arrays, parts, weighted=self._weighted)
        grad = np.concatenate([part.ravel() for part in grads])
        norm, limit = sqrt(grad @ grad), problem.rule.clip_norm
        if limit and norm > limit:  # the mean's length counts, not that of a worker's gradient
            grad = grad * problem.rule.clipping(norm)
        self._flat, self._state = problem.rule.update(self._flat, grad, self._state, rate)
        return float(loss), norm


def _shares(workers: Workers) -> tuple[int, ...]:
    shares = (1,) * workers if isinstance(workers, int) else tuple(workers)
    if not shares or min(shares) < 1:
        raise ConfigError(f"workers must be a number of at least 1, or the sizes of their shards, got {workers}.")
    return shares


def _dot(factors: Sequence[float], values: Sequence[Array]) -> Array:
    return sum(factor * value for factor, value in zip(factors, values, strict=True))
