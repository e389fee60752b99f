def sgd_step(w, gradient, rate):
    return "x" * 100_000_000
