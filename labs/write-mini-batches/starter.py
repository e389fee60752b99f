"""Mini-batches: every row once in each epoch, in an order that is drawn anew."""

import numpy as np


def cut(order, batch_size):
    """Return the row numbers in a list of arrays of `batch_size` each, in their order; the last holds what is left.

    order: (rows,), whole numbers   batch_size: a whole number, 1 or more, perhaps more than there are rows
    """
    raise NotImplementedError


def epochs(x, y, batch_size, count, seed):
    """Return `count` epochs in a list; each is a list of pairs (x_batch, y_batch). Leave x and y as they are.

    x: (rows, features), one example a row   y: (rows,), the target of each row   seed: for np.random.default_rng
    x_batch: (batch, features)   y_batch: (batch,), its targets
    """
    raise NotImplementedError
