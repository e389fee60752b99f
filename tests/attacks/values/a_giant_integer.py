def sgd_step(w, gradient, rate):
    return 1 << 1_000_000
