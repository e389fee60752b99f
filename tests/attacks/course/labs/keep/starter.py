def sgd_step(w, gradient, rate):
    raise NotImplementedError
