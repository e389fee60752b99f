"""Data parallelism: the parts of a batch, one gradient for each, and one gradient of all."""

import numpy as np


def gradient(params, x, y):
    """Return one worker's gradient (dw, db) of the mean of (x @ w + b - y)^2 over its rows; nan where it has none.

    params: (w, b), (features,) and (1,)   x: (batch, features)   y: (batch,)
    """
    w, b = params
    errors = x @ w + b - y
    with np.errstate(all="ignore"):
        return 2 * (x.T @ errors) / np.float64(len(x)), 2 * errors.sum(keepdims=True) / np.float64(len(x))


def share_out(rows, workers):
    """Return a list with an array of row numbers for each worker; their sizes differ by 1 at most.

    rows: how many there are, 0 to rows - 1   workers: 1 or more, perhaps more than there are rows
    """
    raise NotImplementedError


def average(gradients, sizes):
    """Return the gradient of the mean loss over the whole batch, a tuple of arrays; leave what is given as it is.

    gradients: a list with a tuple of arrays for each worker, the gradient of the mean over its own rows
    sizes: a list of how many rows each worker had; where it is 0, the gradient may be nan and counts nothing
    """
    raise NotImplementedError


def parallel_gradient(params, x, y, sizes):
    """Return (dw, db) on the whole batch, of which each worker took the next `sizes[k]` rows.

    params: (w, b), (features,) and (1,)   x: (batch, features)   y: (batch,)   sizes: a list; they add up to the batch
    """
    raise NotImplementedError
