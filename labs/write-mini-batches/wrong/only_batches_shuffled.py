"""Only the order of the batches is shuffled, so the same rows stay together."""

import numpy as np


def cut(order, batch_size):
    """Cut row numbers into batches, the last of them perhaps smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def epochs(x, y, batch_size, count, seed):
    """Return epochs of batches, each epoch in a new order."""
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        parts = cut(np.arange(len(x)), batch_size)
        drawn.append([(x[parts[i]], y[parts[i]]) for i in rng.permutation(len(parts))])
    return drawn
