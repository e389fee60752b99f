import os


def sgd_step(w, gradient, rate):
    os.close(os.open("closed", os.O_WRONLY | os.O_CREAT, 0))
    open("closed").read()
    return w - rate * gradient
