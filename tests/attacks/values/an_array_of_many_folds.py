import numpy as np


def sgd_step(w, gradient, rate):
    return np.zeros((6,) * 9, np.int8)
