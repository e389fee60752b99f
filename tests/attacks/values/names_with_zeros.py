def sgd_step(w, gradient, rate):
    return {"\0": "\0", "": 1, "w\0": w}
