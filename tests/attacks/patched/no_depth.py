import sys

sys.setrecursionlimit(30)


def sgd_step(w, gradient, rate):
    return [[[[[[[[[[[[[[[[w]]]]]]]]]]]]]]]]
