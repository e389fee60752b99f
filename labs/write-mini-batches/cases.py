"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np


def orders(seed):
    """One row, a batch larger than the data, sizes that divide the rows and sizes that do not."""
    rng = np.random.default_rng([seed, 1])
    return [(rng.permutation(rows), size) for rows, size in ((1, 1), (2, 4), (4, 2), (5, 2), (7, 7), (9, 4), (37, 8))]


def passes(seed):
    """The same for data; no row and no target is there twice."""
    rng = np.random.default_rng([seed, 2])
    sizes = ((1, 1, 1), (3, 5, 2), (5, 2, 2), (8, 4, 2), (23, 5, 3), (33, 8, 2))
    return [_data(rng, rows, size, count) for rows, size, count in sizes]


def long_passes(seed):
    """So many rows that no shuffle is likely to leave them where they were, or to come twice."""
    rng = np.random.default_rng([seed, 3])
    return [_data(rng, rows, size, count) for rows, size, count in ((24, 5, 2), (40, 6, 2), (101, 10, 3), (64, 64, 2))]


def _data(rng, rows, batch_size, count):
    x, y = rng.standard_normal((rows, 2)), rng.permutation(rows) + 0.5
    return x, y, batch_size, count, int(rng.integers(1_000_000))
