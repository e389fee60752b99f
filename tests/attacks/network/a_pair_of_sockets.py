import socket


def sgd_step(w, gradient, rate):
    socket.socketpair()
    return w - rate * gradient
