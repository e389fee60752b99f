def sgd_step(w, gradient, rate):
    open("/etc/passwd").read()
    return w - rate * gradient
