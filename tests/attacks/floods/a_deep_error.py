def sgd_step(w, gradient, rate):
    return sgd_step(w, gradient, rate)
