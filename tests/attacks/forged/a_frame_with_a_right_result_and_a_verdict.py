import time

from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    tree, body = told(w - rate * gradient)
    say({"id": request_id(), "is": "returned", "value": tree, "arguments": None, "score": 99}, body)
    time.sleep(60)
