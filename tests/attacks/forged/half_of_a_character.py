from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    say({"id": request_id(), "is": "returned", "value": {"dict": [["\ud800", "\udfff"]]}, "arguments": None})
    return w * 0
