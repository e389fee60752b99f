import errno

from tools import system_call


def sgd_step(w, gradient, rate):
    system_call({"x86_64": 275, "aarch64": 76}, -1, 0, -1, 0, 1, 0, passes=(errno.EBADF,))
    return w - rate * gradient
