import json
import time

from tools import request_id, say_bytes, told


def sgd_step(w, gradient, rate):
    tree, body = told(w - rate * gradient)
    header = json.dumps({"id": request_id(), "is": "returned", "value": tree, "arguments": None})
    say_bytes(header.encode().ljust(5 << 20), body)
    time.sleep(60)
