"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np


def batches(seed):
    """One row, rows that the workers divide and rows that they do not, more workers than rows, and a larger batch."""
    rng = np.random.default_rng([seed, 1])
    workers = int(rng.integers(5, 9))
    return [(1, 1), (4, 2), (7, 2), (8, 3), (3, 5), (11 * workers + int(rng.integers(2, workers)), workers)]


def even(seed):
    """Shares of one size."""
    rng = np.random.default_rng([seed, 2])
    return [_gradients(rng, [4] * workers) for workers in (1, 2, 3, 8)]


def uneven(seed):
    """Shares of several sizes; a last one with a single row."""
    rng = np.random.default_rng([seed, 3])
    drawn = [_gradients(rng, sizes) for sizes in ([2, 1], [48, 16], [4, 4, 1], [5, 5, 4, 4])]
    return [*drawn, _gradients(rng, [int(size) for size in rng.integers(1, 40, 6)] + [41])]


def idle(seed):
    """Workers that had no row and send nan or 0, beside some that had."""
    rng = np.random.default_rng([seed, 4])
    drawn = [_gradients(rng, sizes) for sizes in ([0, 3], [3, 0, 1], [2, 0, 5, 0], [0, 2, 1])]
    for worker, (gradients, sizes) in enumerate(drawn):
        sent = 0.0 if worker == 3 else np.nan
        gradients[:] = [
            tuple(part * 0 + sent if size == 0 else part for part in each)
            for each, size in zip(gradients, sizes, strict=True)
        ]
    return drawn


def shared(seed):
    """A plane and a batch, cut in several ways; some worker may have no row."""
    rng = np.random.default_rng([seed, 5])
    drawn = []
    for sizes in ([1], [2, 2], [3, 1], [0, 4, 2], [13, 13, 13, 5], [30, 1, 1]):
        w, b, x, y = (rng.standard_normal(shape) for shape in ((3,), (1,), (sum(sizes), 3), (sum(sizes),)))
        drawn.append(((w, b), x, y, sizes))
    return drawn


def _gradients(rng, sizes):
    return [tuple(rng.standard_normal(shape) for shape in ((2,), (1,))) for _ in sizes], sizes
