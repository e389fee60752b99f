import time

from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    tree, body = told(w - rate * gradient)
    say({"id": "0" * 16, "is": "returned", "value": tree, "arguments": None}, body)
    time.sleep(60)
