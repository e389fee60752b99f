import os

for _ in range(10):
    os.dup(1)


def sgd_step(w, gradient, rate):
    return w - rate * gradient
