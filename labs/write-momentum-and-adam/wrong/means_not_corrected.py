"""The means are not corrected for having started at 0, so the first steps have the wrong length."""

import numpy as np


def momentum_step(params, grads, velocity, learning_rate, momentum):
    """Renew the velocity, then move by it."""
    velocity = momentum * velocity - learning_rate * grads
    return params + velocity, velocity


def adam_step(params, grads, state, learning_rate, beta_1, beta_2, epsilon):
    """Renew both means and the count, then step by the ratio of the means."""
    m, v, t = state
    t = t + 1
    m = beta_1 * m + (1 - beta_1) * grads
    v = beta_2 * v + (1 - beta_2) * grads**2
    rate = learning_rate
    return params - rate * m / (np.sqrt(v) + epsilon), (m, v, t)
