"""The functions as they should be, and what judges them."""

import numpy as np


def gradient(w, b, x, y):
    """Return the gradient of the mean squared error on a batch."""
    errors = x @ w + b - y
    return 2 * (x.T @ errors) / len(x), 2 * np.mean(errors, keepdims=True)


def sgd_step(params, grads, learning_rate):
    """Move each array a step down its gradient."""
    return tuple(p - learning_rate * g for p, g in zip(params, grads, strict=True))


def sgd(w, b, x, y, batches, learning_rate):
    """Make one step for each batch."""
    params = (w, b)
    for rows in batches:
        params = sgd_step(params, gradient(*params, x[rows], y[rows]), learning_rate)
    return params


def held_out_loss(result, w, b, x, y, *_):
    """Return the loss on new rows of the plane on which all given rows lie."""
    if [np.shape(part) for part in result] != [w.shape, b.shape]:
        raise ValueError("the shapes are not those of w and b")
    plane = np.linalg.lstsq(np.c_[x, np.ones(len(x))], y, rcond=None)[0]
    rows = np.random.default_rng(0).standard_normal((200, x.shape[1]))
    with np.errstate(all="ignore"):
        return float(np.mean((rows @ (result[0] - plane[:-1]) + result[1] - plane[-1]) ** 2))
