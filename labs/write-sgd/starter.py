"""Stochastic gradient descent on a plane, y = x @ w + b, with the mean squared error as loss.

Arrays keep the type they come with: float32 stays float32.
"""

import numpy as np


def gradient(w, b, x, y):
    """Return (dw, db), the gradient of the mean over the batch of (x @ w + b - y)^2.

    w: (features,)   b: (1,)   x: (batch, features), one example a row   y: (batch,)
    dw: (features,)  db: (1,)
    """
    raise NotImplementedError


def sgd_step(params, grads, learning_rate):
    """Return the parameters after one step, as a tuple; leave `params` and `grads` as they are.

    params, grads: tuples of arrays, with the same shapes in the same order   learning_rate: a number, 0 or more
    """
    raise NotImplementedError


def sgd(w, b, x, y, batches, learning_rate):
    """Return (w, b) after one step for each batch, in the order of the list.

    w: (features,)   b: (1,)   x: (rows, features)   y: (rows,)
    batches: a list of arrays of row numbers; they need not have the same size
    """
    raise NotImplementedError
