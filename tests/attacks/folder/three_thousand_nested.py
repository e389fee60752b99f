import os

here = os.getcwd()
for _ in range(3000):
    os.mkdir("in")
    os.chdir("in")
os.chdir(here)


def sgd_step(w, gradient, rate):
    return w - rate * gradient
