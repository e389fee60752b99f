import multiprocessing


def sgd_step(w, gradient, rate):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.map(abs, [1])
    return w - rate * gradient
