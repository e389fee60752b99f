def sgd_step(w, gradient, rate):
    open("@beside@").read()
    return w - rate * gradient
