import numpy as np

MARK = "this stands in the reference, and nowhere else"


def sgd_step(w, gradient, rate):
    return w - rate * gradient


def distance(result, w, gradient, rate):
    return float(np.abs(np.asarray(result) - sgd_step(w, gradient, rate)).max())
