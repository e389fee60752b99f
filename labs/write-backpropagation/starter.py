"""A network with one hidden layer of relu, its gradients by backpropagation, and its training.

Parameters are a tuple (w1, b1, w2, b2) of the shapes (features, hidden), (hidden,), (hidden, classes), (classes,).
Arrays keep the type they come with (float32 stays float32), and what is given stays as it is.
"""

import numpy as np


def forward(params, x):
    """Return (h, logits): the hidden layer relu(x @ w1 + b1) and the logits h @ w2 + b2.

    x: (batch, features)   h: (batch, hidden)   logits: (batch, classes)
    """
    raise NotImplementedError


def gradients(params, x, labels):
    """Return (dw1, db1, dw2, db2), the gradient of the mean cross-entropy over the batch, shaped like the parameters.

    x: (batch, features)   labels: (batch,), whole numbers from 0 to classes - 1
    The slope of relu at 0 is 0.
    """
    raise NotImplementedError


def train(x, labels, hidden, seed):
    """Return the parameters of a trained network with `hidden` units and 3 classes.

    x: (rows, 2)   labels: (rows,), each 0, 1 or 2   seed: for np.random.default_rng
    """
    raise NotImplementedError
