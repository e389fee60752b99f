import numpy as np


def sgd_step(w, gradient, rate):
    return (w - rate * gradient).astype(np.float16)
