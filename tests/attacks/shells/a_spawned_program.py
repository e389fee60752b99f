import os


def sgd_step(w, gradient, rate):
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
    return w - rate * gradient
