from tools import request_id, say_bytes


def sgd_step(w, gradient, rate):
    value = '{"list": [NaN, Infinity, -Infinity, 1e999, -1e999, -0.0, 5e-324, 1e-999]}'
    header = f'{{"id": "{request_id()}", "is": "returned", "value": {value}, "arguments": null}}'
    say_bytes(header.encode())
    return w * 0
