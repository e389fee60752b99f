from tools import request_id, say


def sgd_step(w, gradient, rate):
    tree = {"array": ["float64", [1 << 37]]}
    say({"id": request_id(), "is": "returned", "value": tree, "arguments": None})
    return 0
