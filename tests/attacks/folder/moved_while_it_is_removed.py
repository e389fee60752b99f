import os
import threading

os.makedirs("one/two/three")
os.symlink("@outside@", "four")


def move():
    while True:
        try:
            os.rename("one/two", "two")
            os.rename("four", "one/two")
            os.rename("one/two", "four")
            os.rename("two", "one/two")
        except OSError:
            return


threading.Thread(target=move, daemon=True).start()


def sgd_step(w, gradient, rate):
    return w - rate * gradient
