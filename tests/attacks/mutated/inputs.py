def sgd_step(w, gradient, rate):
    w -= rate * gradient
    return w.copy()
