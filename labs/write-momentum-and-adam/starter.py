"""One step with momentum, and one step of Adam, in Keras's conventions.

Arrays are flat, (P,), and keep the type they come with; what is given stays as it is.
"""

import numpy as np


def momentum_step(params, grads, velocity, learning_rate, momentum):
    """Return (params, velocity) after one step.

    params, grads, velocity: (P,)   learning_rate: inside the velocity   momentum: from 0 to below 1
    """
    raise NotImplementedError


def adam_step(params, grads, state, learning_rate, beta_1, beta_2, epsilon):
    """Return (params, state) after one step.

    params, grads: (P,)   state: (m, v, t), two arrays (P,) and the number of steps taken before, a whole number
    beta_1, beta_2: from 0 to below 1   epsilon: added to the root of v, before the correction
    """
    raise NotImplementedError
