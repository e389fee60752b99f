import os

for name in (b"\xff\xfe", b"a\nb", b"\x1b[2J", b"x" * 255, b"-rf", b" ", b"*", "\u202e".encode()):
    os.mkdir(name)
    open(os.path.join(name, name), "w").close()


def sgd_step(w, gradient, rate):
    return w - rate * gradient
