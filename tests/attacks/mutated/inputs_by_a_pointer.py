import ctypes


def sgd_step(w, gradient, rate):
    new = w - rate * gradient
    ctypes.memset(gradient.ctypes.data, 0, gradient.nbytes)
    return new
