"""The step goes up the slope: the sign is turned."""


def sgd_step(w, gradient, rate):
    return w + rate * gradient
