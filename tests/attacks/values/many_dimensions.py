import numpy as np


def sgd_step(w, gradient, rate):
    try:
        return np.zeros((1,) * 64)
    except ValueError:
        return np.zeros((1,) * 32)
