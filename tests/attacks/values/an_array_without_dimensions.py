import numpy as np


def sgd_step(w, gradient, rate):
    return np.array((w - rate * gradient)[0])
