import os


def sgd_step(w, gradient, rate):
    os.kill(-1, 0)
    return w - rate * gradient
