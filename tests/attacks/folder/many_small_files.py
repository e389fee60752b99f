for number in range(3000):
    open(str(number), "w").close()


def sgd_step(w, gradient, rate):
    return w - rate * gradient
