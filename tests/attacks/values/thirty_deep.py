def sgd_step(w, gradient, rate):
    value = w - rate * gradient
    for _ in range(30):
        value = [value]
    return value
