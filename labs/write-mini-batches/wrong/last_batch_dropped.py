"""The last, smaller batch is forgotten, so its rows are never shown."""

import numpy as np


def cut(order, batch_size):
    """Cut row numbers into batches, the last of them perhaps smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order) - batch_size + 1, batch_size)]


def epochs(x, y, batch_size, count, seed):
    """Return epochs of batches, each epoch in a new order."""
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        order = rng.permutation(len(x))
        drawn.append([(x[rows], y[rows]) for rows in cut(order, batch_size)])
    return drawn
