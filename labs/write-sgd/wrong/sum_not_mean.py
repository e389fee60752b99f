"""The gradient is the sum over the batch, not the mean: it was not divided by the number of rows."""

import numpy as np


def gradient(w, b, x, y):
    """Return the gradient of the mean squared error on a batch."""
    errors = x @ w + b - y
    return 2 * (x.T @ errors), 2 * np.sum(errors, keepdims=True)


def sgd_step(params, grads, learning_rate):
    """Move each array a step down its gradient."""
    return tuple(p - learning_rate * g for p, g in zip(params, grads, strict=True))


def sgd(w, b, x, y, batches, learning_rate):
    """Make one step for each batch."""
    params = (w, b)
    for rows in batches:
        params = sgd_step(params, gradient(*params, x[rows], y[rows]), learning_rate)
    return params
