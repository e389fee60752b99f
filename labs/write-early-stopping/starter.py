"""Early stopping: when to stop, and which parameters to keep."""

import numpy as np


def watch(losses, patience):
    """Return (stop, best), two whole numbers: at which of the losses a run stops, and which was its best until then.

    losses: a list of numbers, one or more; only the first is never nan   patience: a whole number, 1 or more
    """
    raise NotImplementedError


def fit(w, x, y, x_val, y_val, learning_rate, patience, most_steps):
    """Return (w_best, best): the parameters with the lowest validation loss, and how many steps had been taken then.

    w: (features,), where the run starts; stays as it is   x: (rows, features)   y: (rows,)
    x_val: (validation rows, features)   y_val: (validation rows,)   most_steps: a whole number, 0 or more
    The loss is the mean of (x @ w - y)^2, and each step goes down its gradient on all rows of x.
    """
    raise NotImplementedError
