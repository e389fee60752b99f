"""All weights start at 0, so the hidden units never learn anything."""

import numpy as np


def forward(params, x):
    """Return the hidden layer and the logits."""
    w1, b1, w2, b2 = params
    h = np.maximum(x @ w1 + b1, 0)
    return h, h @ w2 + b2


def gradients(params, x, labels):
    """Go back from the logits, layer by layer."""
    w2 = params[2]
    h, logits = forward(params, x)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    d_logits = powers / powers.sum(axis=1, keepdims=True)
    d_logits[np.arange(len(labels)), labels] -= 1
    d_logits /= len(labels)
    d_sums = (d_logits @ w2.T) * (h > 0)
    return x.T @ d_sums, d_sums.sum(axis=0), h.T @ d_logits, d_logits.sum(axis=0)


def train(x, labels, hidden, seed):
    """Take 800 steps of gradient descent on all rows."""
    w1 = np.zeros((x.shape[1], hidden))
    w2 = np.zeros((hidden, 3))
    params = (w1, np.zeros(hidden), w2, np.zeros(3))
    for _ in range(800):
        grads = gradients(params, x, labels)
        params = tuple(p - 0.5 * g for p, g in zip(params, grads, strict=True))
    return params
