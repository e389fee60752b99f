def sgd_step(w, gradient, rate):
    return abs(w - rate * gradient)
