import os


def sgd_step(w, gradient, rate):
    os.listdir("@outside@")
    return w - rate * gradient
