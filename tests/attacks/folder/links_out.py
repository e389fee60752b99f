import os

os.symlink("@outside@", "folder")
os.symlink("@outside@/canary", "file")
os.symlink("/", "root")
os.symlink("loop", "loop")
os.symlink("..", "up")


def sgd_step(w, gradient, rate):
    return w - rate * gradient
