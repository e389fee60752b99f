import os

from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    tree, body = told(w - rate * gradient)
    w[:] = 0
    say({"id": request_id(), "is": "returned", "value": tree, "arguments": None}, body)
    os._exit(0)
