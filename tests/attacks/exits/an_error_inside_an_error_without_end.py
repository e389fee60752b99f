def sgd_step(w, gradient, rate):
    error = ValueError("first")
    other = ValueError("second")
    error.__cause__, other.__cause__ = other, error
    raise error
