from tools import request_id, say, told


def sgd_step(w, gradient, rate):
    text = "\ud800\x00\x1b[2J" * 9
    say({"id": request_id(), "is": "raised", "kind": text, "message": text, "traceback": text})
    return w * 0
