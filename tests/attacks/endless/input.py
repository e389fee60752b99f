def sgd_step(w, gradient, rate):
    return float(input("The learning rate: "))
