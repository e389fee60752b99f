import numpy as np


def sgd_step(w, gradient, rate):
    return np.zeros((0, *w.shape))
