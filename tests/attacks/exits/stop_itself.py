import os
import signal


def sgd_step(w, gradient, rate):
    os.kill(os.getpid(), signal.SIGSTOP)
