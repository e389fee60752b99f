import os


def sgd_step(w, gradient, rate):
    os.listdir("/proc")
    return w - rate * gradient
