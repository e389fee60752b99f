import socket


def sgd_step(w, gradient, rate):
    socket.getaddrinfo("example.org", 80)
    return w - rate * gradient
