def sgd_step(w, gradient, rate):
    return [[] for _ in range(300_000)]
