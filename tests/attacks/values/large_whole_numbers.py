def sgd_step(w, gradient, rate):
    return [(1 << 4095) - 1] * len(w)
