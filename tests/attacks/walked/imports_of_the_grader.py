def sgd_step(w, gradient, rate):
    import coursekit.lab.code.grading

    return w - rate * gradient
