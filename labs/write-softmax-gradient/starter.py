"""Softmax regression: probabilities, losses, and the gradient of their mean.

Arrays keep the type they come with (float32 stays float32), and what is given stays as it is.
"""

import numpy as np


def softmax(logits):
    """Return the probabilities (batch, classes) of logits (batch, classes); each row is one example.

    Logits may be as large as 1,000 or as low as -1,000.
    """
    raise NotImplementedError


def losses(logits, labels):
    """Return the cross-entropy of each example, (batch,): minus the natural logarithm of its true class's probability.

    logits: (batch, classes)   labels: (batch,), whole numbers from 0 to classes - 1
    """
    raise NotImplementedError


def gradient(w, b, x, labels):
    """Return (dw, db), the gradient of the mean of the losses over the batch, at logits x @ w + b.

    w: (features, classes)   b: (classes,)   x: (batch, features)   labels: (batch,)
    dw: (features, classes)  db: (classes,)
    """
    raise NotImplementedError
