import time


def sgd_step(w, gradient, rate):
    time.sleep(1.5)
    return w - rate * gradient
