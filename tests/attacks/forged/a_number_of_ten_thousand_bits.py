from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    say({"id": request_id(), "is": "returned", "value": 1 << 10_000, "arguments": None})
    return w * 0
