"""The data themselves are shuffled in place, so the caller's x and y change."""

import numpy as np


def cut(order, batch_size):
    """Cut row numbers into batches, the last of them perhaps smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def epochs(x, y, batch_size, count, seed):
    """Return epochs of batches, each epoch in a new order."""
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        order = rng.permutation(len(x))
        x[:], y[:] = x[order], y[order]
        drawn.append([(x[rows], y[rows]) for rows in cut(np.arange(len(x)), batch_size)])
    return drawn
