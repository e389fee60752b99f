"""Each worker gets rows // workers of them, and the rows that are left over go to nobody."""

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
    """Cut the rows into parts that are as even as can be."""
    size = rows // workers
    return [np.arange(worker * size, (worker + 1) * size) for worker in range(workers)]


def average(gradients, sizes):
    """Weight each worker's gradient by its share of the rows."""
    busy = [(grads, size / sum(sizes)) for grads, size in zip(gradients, sizes, strict=True) if size]
    return tuple(sum(grads[i] * share for grads, share in busy) for i in range(len(gradients[0])))


def parallel_gradient(params, x, y, sizes):
    """Cut the batch, take each part's gradient, and average."""
    ends = np.cumsum(sizes)
    parts = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    return average([gradient(params, x[part], y[part]) for part in parts], sizes)
