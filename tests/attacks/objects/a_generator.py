def sgd_step(w, gradient, rate):
    while True:
        yield w - rate * gradient
