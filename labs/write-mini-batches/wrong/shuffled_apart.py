"""Inputs and targets are not put into the same order, so rows lose their targets."""

import numpy as np


def cut(order, batch_size):
    """Cut row numbers into batches, the last of them perhaps smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def epochs(x, y, batch_size, count, seed):
    """Return epochs of batches, each epoch in a new order."""
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        inputs, targets = rng.permutation(len(x)), rng.permutation(len(x))
        pairs = zip(cut(inputs, batch_size), cut(targets, batch_size), strict=True)
        drawn.append([(x[one], y[two]) for one, two in pairs])
    return drawn
