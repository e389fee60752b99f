import time


def sgd_step(w, gradient, rate):
    time.clock_settime(time.CLOCK_REALTIME, time.time())
    return w - rate * gradient
