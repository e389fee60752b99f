from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    value = {"array": ["object", [len(w)]]}
    say({"id": request_id(), "is": "returned", "value": value, "arguments": None}, bytes(8 * len(w)))
    return w * 0
