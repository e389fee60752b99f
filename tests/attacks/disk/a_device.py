import os


def sgd_step(w, gradient, rate):
    os.mkfifo("pipe")
    os.mknod("device", 0o20600, os.makedev(1, 3))
    return w - rate * gradient
