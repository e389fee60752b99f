def sgd_step(w, gradient, rate):
    return (w - rate * gradient).round().astype(int)
