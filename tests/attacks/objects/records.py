import numpy as np


def sgd_step(w, gradient, rate):
    return np.zeros(w.shape, dtype=[("score", "f8"), ("passed", "?")])
