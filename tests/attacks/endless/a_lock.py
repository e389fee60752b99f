import threading


def sgd_step(w, gradient, rate):
    lock = threading.Lock()
    with lock, lock:
        return w - rate * gradient
