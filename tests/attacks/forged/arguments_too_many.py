from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    tree, body = told(w - rate * gradient)
    say({"id": request_id(), "is": "returned", "value": tree, "arguments": [1, 2, 3, 4]}, body)
    return w * 0
