import os


def sgd_step(w, gradient, rate):
    if not os.fork():
        os._exit(0)
    os.wait()
    return w - rate * gradient
