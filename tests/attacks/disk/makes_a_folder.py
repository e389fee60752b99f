import os


def sgd_step(w, gradient, rate):
    os.mkdir("@outside@/folder")
    return w - rate * gradient
