from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    say({"id": request_id(), "is": "returned", "value": {"array": ["bool", [2]]}, "arguments": None}, b"\x02\xff")
    return w * 0
