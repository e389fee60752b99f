import os


def sgd_step(w, gradient, rate):
    os.chroot(".")
    return w - rate * gradient
