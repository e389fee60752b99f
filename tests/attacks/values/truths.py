def sgd_step(w, gradient, rate):
    return (w - rate * gradient) != 0
