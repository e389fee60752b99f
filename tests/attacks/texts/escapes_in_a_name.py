def sgd_step(w, gradient, rate):
    raise type("\x1b[2J\u202eE", (Exception,), {})("\x1b[2J")
