"""The functions as they should be, and what judges them."""

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
    rng = np.random.default_rng(seed)
    w1 = rng.normal(0, 1, (x.shape[1], hidden))
    w2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, 3))
    params = (w1, np.zeros(hidden), w2, np.zeros(3))
    for _ in range(800):
        grads = gradients(params, x, labels)
        params = tuple(p - 0.5 * g for p, g in zip(params, grads, strict=True))
    return params


def held_out_loss(result, x, labels, hidden, _seed):
    """Return the mean cross-entropy on 600 new points of the same rings."""
    if [np.shape(part) for part in result] != [(2, hidden), (hidden,), (hidden, 3), (3,)]:
        raise ValueError("the shapes are not those of w1, b1, w2 and b2")
    points = np.random.default_rng(0).uniform(-1, 1, (600, 2))
    due = _label_of_ring(x, labels)[ring(points)]
    with np.errstate(all="ignore"):
        logits = np.maximum(points @ result[0] + result[1], 0) @ result[2] + result[3]
        logits = logits - logits.max(axis=1, keepdims=True)
        losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(600), due]
    return float(losses.mean())


def ring(points):
    """Return the ring that each point lies in, from 0 inside to 2 outside: the borders have the radii 0.5 and 0.85."""
    return np.searchsorted([0.5, 0.85], np.linalg.norm(points, axis=1))


def _label_of_ring(x, labels):
    """Return which label each ring has in these data."""
    return np.array([np.bincount(labels[ring(x) == each]).argmax() for each in range(3)])
