def sgd_step(w, gradient, rate):
    new = w - rate * gradient
    w.shape = (1, -1)
    return new
