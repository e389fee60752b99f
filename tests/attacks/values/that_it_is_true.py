def sgd_step(w, gradient, rate):
    return True
