from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    value = {"array": ["float64", [-1, -len(w)]]}
    say({"id": request_id(), "is": "returned", "value": value, "arguments": None}, told(w - rate * gradient)[1])
    return w * 0
