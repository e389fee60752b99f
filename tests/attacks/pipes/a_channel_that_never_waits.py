import os

from tools import channel, requests

os.set_blocking(channel(), False)
os.set_blocking(requests(), False)


def sgd_step(w, gradient, rate):
    return w - rate * gradient
