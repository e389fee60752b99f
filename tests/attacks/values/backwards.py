import numpy as np


def sgd_step(w, gradient, rate):
    new = np.zeros((len(w), 7), order="F")[::-1, 3]
    new[:] = w - rate * gradient
    new.flags.writeable = False
    return new
