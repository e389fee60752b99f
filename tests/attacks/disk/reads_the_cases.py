def sgd_step(w, gradient, rate):
    open("@lab@/cases.py").read()
    return w - rate * gradient
