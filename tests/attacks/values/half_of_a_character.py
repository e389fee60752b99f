def sgd_step(w, gradient, rate):
    return {"\ud800": "\udfff"}
