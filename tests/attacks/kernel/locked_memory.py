from tools import system_call


def sgd_step(w, gradient, rate):
    system_call({"x86_64": 149, "aarch64": 228}, 0, 0)
    return w - rate * gradient
